using System.Net;
using System.Net.Http.Headers;
using Azure;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using CasePlanning.Application.Ports;
using CasePlanning.Functions.Tables;
using CasePlanning.Storage;
using CasePlanning.Storage.Tables;
using CasePlanning.Storage.Tests.Contract;
using Microsoft.Extensions.DependencyInjection;

namespace CasePlanning.Functions.Tests.Tables;

/// <summary>What the client of the service is asked for beside the contract: outages, throttling and the first start.</summary>
public sealed class AzureTablesTests
{
    private static readonly TableAction Write = new TableAction.Put(new TableRow("k", new Dictionary<string, object> { ["Text"] = "written" }));

    [Fact]
    public async Task A_process_creates_its_tables_before_it_starts_and_finds_them_the_next_time()
    {
        var account = await Azurite.Account();
        await Start(account, store => store.Cases.Save(Sample.Opened("a-1"), default));

        await Start(account, async store => Assert.NotNull(await store.Cases.Find("a-1", default)));
    }

    [Fact]
    public async Task A_process_that_may_not_use_the_tables_says_which_role_it_lacks_and_does_not_start()
    {
        using var service = await Throttling.Before(await Azurite.Account(), () => new HttpResponseMessage(HttpStatusCode.Forbidden));
        service.Refuse(int.MaxValue);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => new TablesAtStart(service.Tables, new TablesStore(service.Tables)).StartingAsync(default));

        Assert.StartsWith("The storage account refuses this identity or key (403); an identity most likely lacks the role Storage Table Data Contributor", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_cannot_sign_in_is_told_how_to()
    {
        var failed = new AggregateException(new AuthenticationFailedException("No credential was found.\nSee the troubleshooting guide."));

        Assert.Equal("This process can't sign in to Azure; run az login, or name a managed identity with AZURE_CLIENT_ID. No credential was found.", TableFailures.Sentence(failed));
        Assert.Null(TableFailures.Sentence(new InvalidOperationException("A defect.")));
    }

    [Fact]
    public async Task A_table_that_is_missing_is_an_outage_and_no_answer()
    {
        var tables = Azurite.Over(await Azurite.Account());

        await Assert.ThrowsAnyAsync<RequestFailedException>(() => tables.Query(new TableQuery("cases", "p"), default));
        await Assert.ThrowsAnyAsync<RequestFailedException>(() => tables.Submit("cases", "p", [new TableAction.Delete("k")], default));
    }

    [Fact]
    public async Task A_malformed_request_is_a_defect_and_no_answer()
    {
        var tables = await Azurite.Tables();

        await Assert.ThrowsAnyAsync<RequestFailedException>(() => tables.Submit("cases", "p", [Write, new TableAction.Delete("k")], default));
    }

    [Fact]
    public async Task A_throttled_request_is_repeated()
    {
        using var service = await Throttling.Before(await Azurite.Account(), () => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));

        service.Refuse(2);
        Assert.Equal(new TableResult(TableOutcome.Done), await service.Tables.Submit("cases", "p", [Write], default));
        service.Refuse(2);
        Assert.NotNull(await service.Tables.Get("cases", "p", "k", default));
        service.Refuse(2);
        Assert.Single((await service.Tables.Query(new TableQuery("cases", "p"), default)).Rows);
    }

    [Fact]
    public async Task A_transaction_that_was_accepted_and_throttled_is_repeated_four_times_at_most()
    {
        using var service = await Throttling.Before(await Azurite.Account(), Busy);

        service.Refuse(3);
        Assert.Equal(new TableResult(TableOutcome.Done), await service.Tables.Submit("cases", "p", [Write], default));
        service.Refuse(4);
        Assert.Equal(503, (await Assert.ThrowsAnyAsync<RequestFailedException>(() => service.Tables.Submit("cases", "p", [Write], default))).Status);
    }

    [Fact]
    public async Task A_unit_is_saved_whichever_of_its_answers_is_lost_and_asked_for_again_by_the_client()
    {
        using var service = await Throttling.Before(await Azurite.Account(), () => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        await service.Tables.Create(TablesStore.Names, default);
        var store = new TablesStore(service.Tables);
        var number = 0;
        do
        {
            service.LoseAnswer(number);
            Assert.Equal(SaveOutcome.Saved, await store.Cases.Save(Sample.Opened($"a-{number}") with { Wakes = [Sample.Wake($"a-{number}", Sample.Noon)] }, default));
            Assert.Equal(SaveOutcome.Saved, await store.Cases.Save(Sample.Next($"a-{number}", 1), default));
            number++;
        }
        while (service.HasLostAnswer);

        Assert.InRange(number, 4, 10);
    }

    private static async Task Start(string account, Func<IStores, Task> use)
    {
        using var host = Shell.Build([.. ShellTests.TryingOut, "--CasePlanning:Store=tables", $"--Tables:ConnectionString={account}"]);
        await ActivatorUtilities.CreateInstance<TablesAtStart>(host.Services).StartingAsync(default);
        await use(host.Services.GetRequiredService<IStores>());
    }

    /// <summary>As the service answers a transaction one of whose actions was throttled.</summary>
    private static HttpResponseMessage Busy()
    {
        const string Body = """
            --batchresponse
            Content-Type: multipart/mixed; boundary=changesetresponse

            --changesetresponse
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            HTTP/1.1 503 Service Unavailable
            Content-Type: application/json;odata=minimalmetadata;streaming=true;charset=utf-8

            {"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"0:The server is busy."}}}
            --changesetresponse--
            --batchresponse--

            """;
        var content = new StringContent(Body.ReplaceLineEndings("\r\n"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/mixed; boundary=batchresponse");
        return new HttpResponseMessage(HttpStatusCode.Accepted) { Content = content };
    }

    /// <summary>Azurite behind something that answers in its place a number of times.</summary>
    private sealed class Throttling : IDisposable
    {
        private readonly Refusing _refusing;
        private readonly HttpClient _http;

        private Throttling(string account, Func<HttpResponseMessage> refusal)
        {
            _refusing = new Refusing(refusal);
            _http = new HttpClient(_refusing);
            Tables = Azurite.Over(account, new TableClientOptions { Transport = new HttpClientTransport(_http), Retry = { Delay = TimeSpan.FromMilliseconds(10) } });
        }

        public AzureTables Tables { get; }

        public static async Task<Throttling> Before(string account, Func<HttpResponseMessage> refusal)
        {
            var service = new Throttling(account, refusal);
            await service.Tables.Create(["cases"], default);
            return service;
        }

        public bool HasLostAnswer => _refusing.TransactionsLeft < 0;

        public void Refuse(int times) => _refusing.Left = times;

        /// <summary>After a number of transactions one takes place and is answered as if it had been refused.</summary>
        public void LoseAnswer(int transactions) => _refusing.TransactionsLeft = transactions;

        public void Dispose() => _http.Dispose();
    }

    private sealed class Refusing(Func<HttpResponseMessage> refusal) : DelegatingHandler(new SocketsHttpHandler())
    {
        public int Left { get; set; }

        public int TransactionsLeft { get; set; } = int.MaxValue;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Left-- > 0)
            {
                return refusal();
            }

            var answer = await base.SendAsync(request, cancellationToken);
            return request.Method == HttpMethod.Post && TransactionsLeft-- == 0 ? refusal() : answer;
        }
    }
}
