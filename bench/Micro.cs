using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CasePlanning.Application.Mail;
using CasePlanning.Application.Ports;
using CasePlanning.Bench.World;
using CasePlanning.Domain.Approval;
using CasePlanning.Domain.Cases;
using CasePlanning.Domain.Clocks;
using CasePlanning.Domain.People;
using CasePlanning.Domain.Plans;

namespace CasePlanning.Bench;

/// <summary>Single functions under BenchmarkDotNet, in this process and under its collector.</summary>
public static class Micro
{
    public static int Run(string[] options)
    {
        var config = DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromTypes([typeof(AgendaBenchmark), typeof(ReadinessBenchmark), typeof(MailBenchmark)]).Run(options, config);
        return 0;
    }
}

/// <summary>The agenda of a placed child's case seven months after its opening.</summary>
[MemoryDiagnoser]
public class AgendaBenchmark
{
    private static readonly DateOnly Opened = new(2026, 3, 9);

    private KnownCase _known = null!;
    private RuleBook _rules = null!;
    private DateTimeOffset _now;

    [Params("default", "california", "michigan", "minnesota", "wisconsin")]
    public string Pack { get; set; } = "";

    [GlobalSetup]
    public void Open()
    {
        _rules = RuleBook.For(new Agency { Id = "county", Name = "County", Zone = "America/Chicago", Packs = [Pack] });
        _now = _rules.Calendar.MorningOf(Opened.AddDays(215));
        var (file, plans) = Cases.Placed("county", 1, "worker", Opened, Opened.AddDays(215));
        _known = KnownCase.At(file, plans, _rules, _now);
    }

    [Benchmark(Description = "Agenda.For")]
    public object Read() => Agenda.For(_known.File, _known.Plans, _rules, _known.Marks, _now);

    [Benchmark(Description = "Agenda.For, every deadline written out")]
    public object WriteOut() => Agenda.For(_known.File, _known.Plans, _rules, _known.Marks, _now).Deadlines;
}

/// <summary>What keeps a version from approval.</summary>
[MemoryDiagnoser]
public class ReadinessBenchmark
{
    private static readonly DateOnly Today = new(2026, 4, 20);

    private CaseFile _file = null!;
    private PlanView _view = null!;
    private RuleBook _rules = null!;
    private PlanContent _content = null!;

    [GlobalSetup]
    public void Open()
    {
        (_file, var plans) = Cases.AtHome("county", 1, "worker", new(2026, 3, 9), Today);
        _view = PlanView.Of(_file, plans[0], Today);
        _rules = new County(1).Rules;
        _content = new PlanContent { Plan = plans[0].Id, Version = 1 };
    }

    [Benchmark(Description = "Readiness.Of")]
    public object Check() => Readiness.Of(_file, _view, _view.InEffect!, _content, null, _rules, Today);
}

/// <summary>Mail written as what it says, and laid out as text and HTML.</summary>
[MemoryDiagnoser]
public class MailBenchmark
{
    private static readonly DateTimeOffset Now = new(2026, 6, 9, 12, 0, 0, TimeSpan.Zero);
    private static readonly Person Reader = new() { Id = "worker", Agency = "county", Name = "Worker", Email = "worker@county.example", Roles = [Role.Worker] };

    private readonly MailTexts _mail = new(new MailSettings("http://localhost", "county.example"));
    private readonly InboxItem[] _items = [.. Enumerable.Range(0, 40).Select(Item)];
    private Message _digest = null!;

    [GlobalSetup]
    public void Write() => _digest = (Message)Digest();

    [Benchmark(Description = "a mail of the first day overdue, written")]
    public object Overdue() => _mail.Overdue(_items[0], Reader, 1, "assigned");

    [Benchmark(Description = "a digest of 40 items, written")]
    public object Digest() => _mail.Digest(Reader.Id, Reader, _items, new(2026, 6, 9), Now);

    [Benchmark(Description = "a digest of 40 items, laid out")]
    public int LayOut() => _digest.Text.Length + _digest.Html.Length;

    private static InboxItem Item(int number) => new()
    {
        Key = $"county-{number}~default.review~plan:county-{number}.home~county-{number}.home.v1~1~1~+1~Worker~assigned>worker",
        Case = $"county-{number}",
        CaseNumber = $"{number:D7}",
        Plan = $"county-{number}.home",
        Agency = "county",
        Person = "worker",
        Role = Role.Worker,
        Occurrence = $"default.review~plan:county-{number}.home~county-{number}.home.v1~1",
        Rule = "default.review",
        RuleName = "Case plan review",
        Step = "+1",
        Due = new DateOnly(2026, 6, 1).AddDays(number % 20),
        MetBy = "review",
        Source = "Minnesota Module 12 (The Case Review; CPS Plan, Timeline)",
        Reason = "90 calendar days after 2026-03-10 (plan took effect).",
        RaisedAt = Now,
        NotBefore = Now,
    };
}
