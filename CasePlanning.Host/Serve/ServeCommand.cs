using System.CommandLine;
using CasePlanning.Host.Settings;

namespace CasePlanning.Host.Serve;

/// <summary><c>serve</c>, and what happens without a command: the HTTP surface with its pages and loops.</summary>
internal static class ServeCommand
{
    /// <summary>What a start that was refused ends with.</summary>
    private const int Refused = 2;

    private static readonly Option<string?> Urls = new("--urls") { Description = "Addresses to listen on, joined by semicolons.", HelpName = "ADDRESSES" };

    public static Command Create() => WithOptions(new Command("serve", "Starts the service. This also happens without a command."));

    /// <summary>Gives a command the options and the action of <c>serve</c>.</summary>
    public static TCommand WithOptions<TCommand>(TCommand command) where TCommand : Command
    {
        command.Options.Add(Urls);
        command.Options.Add(SharedOptions.Data);
        command.Options.Add(SharedOptions.Packs);
        command.SetAction((parsed, _) => Run(parsed.GetValue(Urls), parsed.GetValue(SharedOptions.Data), parsed.GetValue(SharedOptions.Packs)));
        return command;
    }

    private static async Task<int> Run(string? urls, string? data, string? packs)
    {
        try
        {
            await using var app = HostBuilding.Build(urls, data, packs);
            await HostBuilding.Prepare(app);
            await app.RunAsync();
            return 0;
        }
        catch (SettingsException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return Refused;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The service can't start: {exception.Message}");
            return Refused;
        }
    }
}
