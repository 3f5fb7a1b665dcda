using System.Text;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Domain.Clocks;
using CasePlanning.Host.Mail;
using CasePlanning.Host.Settings;
using CasePlanning.Host.Tests.Processes;

namespace CasePlanning.Host.Tests.Loops;

/// <summary>A message in the pickup folder is RFC 5322 text that any mail program opens.</summary>
public sealed class MimeTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_message_is_one_file_named_by_its_id_and_sending_it_again_writes_the_same()
    {
        await Send(Sample);
        var first = await File.ReadAllBytesAsync(Directory.GetFiles(_folder.Path).Single());
        await Send(Sample);

        var file = Directory.GetFiles(_folder.Path).Single();
        Assert.Equal("0123456789abcdef.eml", Path.GetFileName(file));
        Assert.Equal(first, await File.ReadAllBytesAsync(file));
        Assert.All(first, letter => Assert.InRange(letter, 0, 127));
    }

    [Fact]
    public async Task Its_headers_say_who_what_and_when_it_was_stored()
    {
        await Send(Sample);
        var lines = (await File.ReadAllTextAsync(Directory.GetFiles(_folder.Path).Single())).Split("\r\n");

        Assert.Contains("Message-ID: <0123456789abcdef@plans.test>", lines);
        Assert.Contains("Date: Mon, 04 Jan 2027 18:00:00 +0000", lines);
        Assert.Contains("To: worker@sample.test", lines);
        Assert.Contains("From: \"Case planning\" <plans@sample.test>", lines);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 78));
    }

    [Fact]
    public async Task Letters_beyond_ASCII_come_through_in_the_subject_and_in_both_parts()
    {
        await Send(Sample);
        var text = await File.ReadAllTextAsync(Directory.GetFiles(_folder.Path).Single());

        var words = text[(text.IndexOf("Subject: ", StringComparison.Ordinal) + 9)..text.IndexOf("\r\nMessage-ID", StringComparison.Ordinal)].Split("\r\n ");
        Assert.True(words.Length > 1);
        Assert.Equal(Sample.Subject, string.Concat(words.Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word["=?utf-8?B?".Length..^2])))));
        Assert.Contains("Gr=C3=BC=C3=9Fe =F0=9F=8F=A0", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_can_not_be_slipped_in()
    {
        await Send(Sample with { Subject = "Hello\r\nBcc: everybody@sample.test" });

        Assert.DoesNotContain("\r\nBcc:", await File.ReadAllTextAsync(Directory.GetFiles(_folder.Path).Single()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_for_good() =>
        Assert.IsType<SendOutcome.Rejected>(await Send(Sample with { Address = "nobody at all" }));

    public void Dispose() => _folder.Dispose();

    private static Message Sample { get; } = new()
    {
        Id = "0123456789abcdef@plans.test",
        Kind = MessageKind.Digest,
        Agency = "sample",
        Person = "worker",
        Role = Role.Worker,
        Address = "worker@sample.test",
        Subject = "Fällig: Überprüfung des Hilfeplans für morgen, und noch vieles mehr 🏠🏠🏠",
        Body = MailBody.Of("Grüße 🏠\nA line that is longer than seventy-six letters has to be broken, which nobody who reads it will ever notice."),
        StoredAt = new DateTimeOffset(2027, 1, 4, 18, 0, 0, TimeSpan.Zero),
        NextAttempt = new DateTimeOffset(2027, 1, 4, 18, 0, 0, TimeSpan.Zero),
    };

    private Task<SendOutcome> Send(Message message) =>
        new PickupFolder(new MailOptions(MailKind.Pickup, _folder.Path, "Case planning <plans@sample.test>", "plans.test", null)).Send(message, CancellationToken.None);
}
