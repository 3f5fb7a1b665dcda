using CasePlanning.Application;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CasePlanning.Host.Reporting;

/// <summary>
/// Sends the product's own traces and metrics to a collector. The web server's aren't among them: they have addresses, and the address of a calendar
/// is its key.
/// </summary>
/// <param name="collector">Takes OTLP over HTTP.</param>
public sealed class OtlpExport(Uri collector) : IHostedService, IDisposable
{
    private const int LongestFlush = 500;

    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(Named).SetSampler(new AlwaysOnSampler()).AddSource(Telemetry.Name).AddOtlpExporter(options => To(options, "v1/traces")).Build();
        _metrics = Sdk.CreateMeterProviderBuilder().ConfigureResource(Named).AddMeter(Telemetry.Name).AddOtlpExporter(options => To(options, "v1/metrics")).Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.ForceFlush(LongestFlush);
        _metrics?.ForceFlush(LongestFlush);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private static void Named(ResourceBuilder resource) => resource.AddService("case-planning");

    private void To(OtlpExporterOptions options, string path)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = new Uri(new Uri(collector.ToString().TrimEnd('/') + '/'), path);
    }
}
