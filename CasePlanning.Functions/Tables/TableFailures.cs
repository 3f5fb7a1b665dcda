using Azure;
using Azure.Identity;

namespace CasePlanning.Functions.Tables;

/// <summary>What an administrator reads when the tables can't be used.</summary>
public static class TableFailures
{
    /// <summary>What is missing; null for what nobody foresaw. A request that was sent several times in vain fails with all of its failures.</summary>
    public static string? Sentence(Exception exception) => exception switch
    {
        AuthenticationFailedException => $"This process can't sign in to Azure; run az login, or name a managed identity with AZURE_CLIENT_ID. {FirstLine(exception)}",
        RequestFailedException { Status: 401 or 403 } refused =>
            $"The storage account refuses this identity or key ({Answer(refused)}); an identity most likely lacks the role Storage Table Data Contributor, which takes some minutes to count once it is given.",
        RequestFailedException { Status: 0 } => $"The storage account can't be reached: {FirstLine(exception)}",
        RequestFailedException failed => $"The storage account answered {Answer(failed)}: {FirstLine(exception)}",
        AggregateException { InnerExceptions: [.., var last] } => Sentence(last),
        _ => null,
    };

    private static string Answer(RequestFailedException failed) => $"{failed.Status} {failed.ErrorCode}".TrimEnd();

    private static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].TrimEnd();
}
