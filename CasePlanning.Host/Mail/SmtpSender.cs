using System.Collections.Concurrent;
using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Net.Sockets;
using System.Text;
using CasePlanning.Application.Ports;
using CasePlanning.Host.Settings;

namespace CasePlanning.Host.Mail;

/// <summary>Hands messages to a mail server over a few connections at once; a connection is used again while more messages wait for one.</summary>
public sealed class SmtpSender : IMailSender, IDisposable
{
    private static readonly TimeSpan MostForAGreeting = TimeSpan.FromSeconds(10);

    private readonly SmtpOptions _server;
    private readonly MailAddress _from;
    private readonly SemaphoreSlim _free;
    private readonly ConcurrentStack<SmtpClient> _open = new();
    private int _waiting;

    public SmtpSender(MailOptions options)
    {
        _server = options.Smtp ?? throw new ArgumentException("SMTP settings are missing.", nameof(options));
        _from = new MailAddress(options.From);
        _free = new SemaphoreSlim(_server.Connections);
        if (_server.CertificateAuthority is { } authority)
        {
            OwnAuthority.Trust(_server.Host, authority);
        }
    }

    public async Task<SendOutcome> Send(Message message, CancellationToken ct)
    {
        if (!MailAddress.TryCreate(message.Address, out var to) || !to.User.All(char.IsAscii))
        {
            return new SendOutcome.Rejected($"'{message.Address}' is not an address mail can be sent to.");
        }

        Interlocked.Increment(ref _waiting);
        try
        {
            await _free.WaitAsync(ct);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        try
        {
            return await Send(message, to, ct);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        while (_open.TryPop(out var client))
        {
            client.Dispose();
        }

        _free.Dispose();
    }

    private async Task<SendOutcome> Send(Message message, MailAddress to, CancellationToken ct)
    {
        // A server closes a connection it has had enough of; that says nothing about the message.
        if (_open.TryPop(out var used) && await Send(used, message, to, ct) is not BrokenOff and var outcome)
        {
            return outcome;
        }

        return await Send(Connection(), message, to, ct) switch
        {
            BrokenOff broken when await Greets(ct) => new SendOutcome.Unavailable(broken.Reason),
            BrokenOff broken => new SendOutcome.Unreachable(broken.Reason),
            var other => other,
        };
    }

    private async Task<SendOutcome> Send(SmtpClient client, Message message, MailAddress to, CancellationToken ct)
    {
        var outcome = await Attempt(client, message, to, ct);
        if (outcome is SendOutcome.Sent && Volatile.Read(ref _waiting) > 0)
        {
            _open.Push(client);
        }
        else
        {
            client.Dispose();
        }

        return outcome;
    }

    private async Task<SendOutcome> Attempt(SmtpClient client, Message message, MailAddress to, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(_server.Patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            using var mail = Compose(message, to);
            await client.SendMailAsync(mail, either.Token);
            return new SendOutcome.Sent();
        }
        catch (SmtpException exception)
        {
            return SmtpAnswer.Read(exception, _server);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new BrokenOff($"{_server.Host} didn't take the message within {_server.Patience.TotalSeconds:0} seconds.");
        }
        catch (IOException exception)
        {
            return new BrokenOff(exception.Message);
        }
    }

    /// <summary>Tells a server that won't finish with one message from one that speaks to nobody.</summary>
    private async Task<bool> Greets(CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(_server.Patience < MostForAGreeting ? _server.Patience : MostForAGreeting, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            var first = new byte[1];
            using var connection = new TcpClient();
            await connection.ConnectAsync(_server.Host, _server.Port, either.Token);
            return await connection.GetStream().ReadAsync(first, either.Token) > 0 && first[0] == '2';
        }
        catch (Exception exception) when (exception is SocketException or IOException || (exception is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }

    private SmtpClient Connection() => new(_server.Host, _server.Port)
    {
        EnableSsl = _server.StartTls,
        Credentials = _server.User is null ? null : new NetworkCredential(_server.User, _server.Password),
    };

    private MailMessage Compose(Message message, MailAddress to)
    {
        var mail = new MailMessage(_from, to)
        {
            Subject = message.Subject,
            SubjectEncoding = Encoding.UTF8,
        };
        mail.Headers.Add("Message-ID", $"<{message.Id}>");
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(message.Text, Encoding.UTF8, MediaTypeNames.Text.Plain));
        mail.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(message.Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        return mail;
    }
}
