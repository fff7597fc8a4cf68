using JubileeVerse.Queues;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Silo;
using JubileeVerse.Testing.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Bench.Queues;

/// <summary>A silo in this process, with a queue without effective limits.</summary>
internal sealed class QueueSite : IAsyncDisposable
{
    public const int Slots = 100;

    private readonly WebApplication _app;

    private QueueSite(WebApplication app)
    {
        var grains = app.Services.GetRequiredService<IGrainFactory>();
        Queue = grains.GetGrain<IQueueGrain>(EmptyProcessor.QueueName);
        Intake = grains.GetGrain<IQueueIntakeGrain>(EmptyProcessor.QueueName);
        Producer = app.Services.GetRequiredService<JobProducer>();
        _app = app;
    }

    public IQueueGrain Queue { get; }

    public IQueueIntakeGrain Intake { get; }

    public JobProducer Producer { get; }

    public static async Task<QueueSite> StartAsync(StoreFixture store, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddConfiguration(store.Configuration);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddStandaloneSilo();
        builder.Services.AddQueue<EmptyProcessor>(
            EmptyProcessor.QueueName,
            queue =>
            {
                queue.ConcurrencyPerSilo = Slots;
                queue.StartsPerSecond = 1_000_000;
                queue.MaxOpen = 10_000_000;
            });
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync(cancellationToken);
        return new QueueSite(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
