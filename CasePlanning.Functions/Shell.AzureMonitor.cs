using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using CasePlanning.Application;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;

namespace CasePlanning.Functions;

public static partial class Shell
{
    /// <summary>Sends the product's traces and metrics to Application Insights, as the identity of the process, where the platform names one.</summary>
    static partial void Report(FunctionsApplicationBuilder builder)
    {
        if (!string.IsNullOrEmpty(builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"]))
        {
            builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults()
                .WithTracing(traces => traces.AddSource(Telemetry.Name)).WithMetrics(metrics => metrics.AddMeter(Telemetry.Name))
                .UseAzureMonitorExporter(options => options.Credential = new DefaultAzureCredential());
        }
    }
}
