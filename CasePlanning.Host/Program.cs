var app = WebApplication.CreateBuilder(args).Build();
await app.RunAsync();

/// <summary>The self-hosted process.</summary>
public partial class Program;
