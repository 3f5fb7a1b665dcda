using System.Text;
using CasePlanning.Application.Ports;
using CasePlanning.Host.Settings;

namespace CasePlanning.Host.Mail;

/// <summary>Writes each message as one <c>.eml</c> file, named by its Message-ID, so that sending it again writes the same file.</summary>
public sealed class PickupFolder : IMailSender
{
    private readonly MailOptions _options;

    public PickupFolder(MailOptions options)
    {
        _options = options;
        Directory.CreateDirectory(options.Folder);
    }

    public async Task<SendOutcome> Send(Message message, CancellationToken ct)
    {
        var path = Path.Combine(_options.Folder, $"{NameOf(message.Id)}.eml");
        try
        {
            var text = MimeText.Write(message, _options.From);
            await File.WriteAllTextAsync($"{path}.part", text, Encoding.ASCII, ct);
            File.Move($"{path}.part", path, overwrite: true);
            return new SendOutcome.Sent();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return new SendOutcome.Rejected(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new SendOutcome.Unavailable(exception.Message);
        }
    }

    private static string NameOf(string messageId) => string.Concat(messageId.Split('@')[0].Where(char.IsAsciiLetterOrDigit));
}
