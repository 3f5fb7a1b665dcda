using CasePlanning.Application;
using CasePlanning.Application.Cases;
using CasePlanning.Application.Mail;
using CasePlanning.Application.People;
using CasePlanning.Application.Plans;
using CasePlanning.Application.Reading;
using CasePlanning.Domain;
using CasePlanning.Domain.Clocks;
using CasePlanning.Host.Clock;
using CasePlanning.Host.Loop;
using CasePlanning.Host.Start;
using CasePlanning.Host.Tests.Processes;
using CasePlanning.Storage.Memory;

namespace CasePlanning.Host.Tests.Loops;

/// <summary>The invented agency, loaded through the use cases on whatever day it is.</summary>
public sealed class SampleAgencyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InMemoryStore _store = new();
    private readonly MailTexts _mail = new(new MailSettings("http://plans.test", "plans.test"));

    private UnitOfWork Units => new(_store.Cases, new Pulses(), _mail);

    private Submissions Submissions => new(Units, _store.Cases, _mail);

    [Theory]
    [InlineData("2027-01-01T08:00:00Z")]
    [InlineData("2028-02-29T12:00:00Z")]
    [InlineData("2027-03-14T10:30:00Z")]
    [InlineData("2027-11-07T09:30:00Z")]
    [InlineData("2027-12-31T23:59:00Z")]
    public async Task On_any_day_the_worker_has_something_overdue_something_soon_and_something_later(string now)
    {
        var worker = await Load(now, "worker");

        var statuses = (await new DeskReading(new CaseWalk(_store.Cases), new MailSettings("http://plans.test", "plans.test"))
            .Mine(worker, new DeskQuestion { Until = worker.Today.AddDays(120) }, CancellationToken.None)).Value.Groups.SelectMany(group => group.Entries).Select(entry => entry.Status).ToHashSet();

        Assert.Superset(new HashSet<DeadlineStatus> { DeadlineStatus.Overdue, DeadlineStatus.DueSoon, DeadlineStatus.Upcoming }, statuses);
    }

    [Fact]
    public async Task It_has_somebody_in_every_role()
    {
        var worker = await Load("2027-01-04T18:00:00Z", "worker");

        Assert.Equal(Enum.GetValues<Role>(), worker.Directory.People.SelectMany(person => person.Roles).Distinct().Order());
    }

    [Fact]
    public async Task A_decision_on_a_request_that_is_not_the_open_one_is_refused()
    {
        var supervisor = await Load("2027-01-04T18:00:00Z", "supervisor");
        const string plan = "sample-s-1005.home";

        var stale = await Submissions.Decide(supervisor, plan, new Decision { Kind = DecisionKind.Approve, Request = $"{plan}.v1.9" }, CancellationToken.None);
        var open = await Submissions.Decide(supervisor, plan, new Decision { Kind = DecisionKind.Approve, Request = $"{plan}.v1.1" }, CancellationToken.None);

        Assert.IsType<Refusal.Stale>(stale.Refusal);
        Assert.Null(open.Refusal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<Caller> Load(string now, string person)
    {
        var instant = DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture);
        using var clock = new SimulatedClock(_folder.Of("clock"), instant, speed: null);
        var loading = new SampleLoading(
            new Administration(_store.Directory), new CaseFiles(Units, _store.Cases, _mail), new Drafting(Units, _store.Cases), Submissions, _store.Directory, clock);
        await loading.Run(_folder.Path, CancellationToken.None);
        var directory = (await _store.Directory.Find(SampleAgency.Id, CancellationToken.None))!;
        return new Caller(directory.Person(person)!, directory, instant);
    }
}
