using System.CommandLine;
using CasePlanning.Host.Moving;
using CasePlanning.Host.Rules;
using CasePlanning.Host.Serve;
using CasePlanning.Host.Simulation;

var root = ServeCommand.WithOptions(new RootCommand("Case plans, their deadlines, reminders and approvals."));
root.Subcommands.Add(ServeCommand.Create());
root.Subcommands.Add(SimulateCommand.Create());
root.Subcommands.Add(RulesCommand.Create());
root.Subcommands.Add(MoveCommands.Export());
root.Subcommands.Add(MoveCommands.Import());

// Signals are the service's own to handle; the command line would hold them back for two seconds.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

/// <summary>The self-hosted process.</summary>
public partial class Program;
