using CasePlanning.Bench;
using CasePlanning.Bench.Http;

// `reach` measures and judges; `load` is its second process, which asks an HTTP server; `micro` hands over to BenchmarkDotNet.
return args switch
{
    ["reach", .. var options] when Options.Read(options) is { } read => await Reach.Run(read),
    ["load", var address, var kind, var seconds, var connections] => await Load.Run(new Uri(address), kind, seconds, connections),
    ["micro", .. var options] => Micro.Run(options),
    _ => Options.Usage(),
};
