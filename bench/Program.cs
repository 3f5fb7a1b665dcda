using CasePlanning.Bench;
using CasePlanning.Bench.Http;

// `reach` measures and judges; `load` and `agenda` are its second processes, which ask an HTTP server, and read agendas; `micro` hands over to BenchmarkDotNet.
return args switch
{
    ["reach", .. var options] when Options.Read(options) is { } read => await Reach.Run(read),
    ["load", var address, var kind, var seconds, var connections] => await Load.Run(new Uri(address), kind, seconds, connections),
    ["agenda", var rounds] => Agendas.Run(rounds),
    ["micro", .. var options] => Micro.Run(options),
    _ => Options.Usage(),
};
