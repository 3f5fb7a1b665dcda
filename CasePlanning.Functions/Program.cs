using CasePlanning.Functions;
using CasePlanning.Functions.Moving;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

if (MoveHouse.IsAskedFor(args))
{
    return await MoveHouse.Run(args, new ConfigurationBuilder().AddEnvironmentVariables().Build(), Console.Out, Console.Error, CancellationToken.None);
}

await Shell.Build(args).RunAsync();
return 0;
