using System.CommandLine;
using CasePlanning.Host.Rules;
using CasePlanning.Host.Serve;
using CasePlanning.Host.Simulation;

var root = ServeCommand.WithOptions(new RootCommand("Case plans, their deadlines, reminders and approvals."));
root.Subcommands.Add(ServeCommand.Create());
root.Subcommands.Add(SimulateCommand.Create());
root.Subcommands.Add(RulesCommand.Create());
return await root.Parse(args).InvokeAsync();

/// <summary>The self-hosted process.</summary>
public partial class Program;
