using JubileeVerse.Bench.Realtime.Connections;
using JubileeVerse.Testing.Replies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Bench.Realtime.Servers;

/// <summary>
/// A model on loopback whose pieces contain their send time. All replies continue until <see cref="EndReplies"/>, so that all of them are
/// open before the measurement begins.
/// </summary>
internal sealed class StampedModel : IAsyncDisposable
{
    private const string Filler = "… ";

    private readonly WebApplication _app;
    private volatile bool _isStamping;
    private volatile bool _isEnding;
    private int _openReplies;

    private StampedModel(WebApplication app) => _app = app;

    /// <summary>The base address for clients.</summary>
    public string Endpoint => $"{_app.Urls.Single()}/v1";

    /// <summary>Time between two pieces of a reply. It applies to later replies.</summary>
    public TimeSpan Period { get; set; }

    /// <summary>Number of open replies.</summary>
    public int OpenReplies => Volatile.Read(ref _openReplies);

    public static async Task<StampedModel> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var model = new StampedModel(app);
        app.MapPost("/v1/chat/completions", model.CompleteAsync);
        await app.StartAsync(cancellationToken);
        return model;
    }

    public void BeginReplies() => (_isStamping, _isEnding) = (false, false);

    public void BeginStamps() => _isStamping = true;

    /// <summary>Ends the stamping of new pieces. Stamped pieces in flight still arrive.</summary>
    public void EndStamps() => _isStamping = false;

    public void EndReplies() => _isEnding = true;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task CompleteAsync(HttpContext context)
    {
        Interlocked.Increment(ref _openReplies);
        try
        {
            CompletionStream.Begin(context);
            using var timer = new PeriodicTimer(Period);
            do
            {
                await CompletionStream.SendAsync(context, _isStamping ? Stamp.Now() : Filler, context.RequestAborted);
            }
            while (await timer.WaitForNextTickAsync(context.RequestAborted) && !_isEnding);

            await CompletionStream.EndAsync(context, context.RequestAborted);
        }
        finally
        {
            Interlocked.Decrement(ref _openReplies);
        }
    }
}
