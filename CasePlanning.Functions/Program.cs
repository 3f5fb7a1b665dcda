using CasePlanning.Functions;
using Microsoft.Extensions.Hosting;

await Shell.Build(args).RunAsync();
