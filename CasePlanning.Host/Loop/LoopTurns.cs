namespace CasePlanning.Host.Loop;

/// <summary>
/// Half of the processors for all loops together, so that a request finds a thread of the pool free while they catch up. What they await goes on here, too.
/// </summary>
internal static class LoopTurns
{
    public static TaskScheduler Scheduler { get; } = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Math.Max(1, Environment.ProcessorCount / 2)).ConcurrentScheduler;
}
