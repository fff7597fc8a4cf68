using JubileeVerse.Bench.Realtime.Links;
using JubileeVerse.Testing.Replies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Bench.Realtime.Servers;

/// <summary>
/// A model on loopback whose pieces say when they were sent. All its answers go on until they are told to end, so that all of them can be
/// there before the first that counts.
/// </summary>
internal sealed class StampedModel : IAsyncDisposable
{
    private const string Filler = "… ";

    private readonly WebApplication _app;
    private volatile bool _isStamping;
    private volatile bool _isOver;
    private int _speaking;

    private StampedModel(WebApplication app) => _app = app;

    /// <summary>The base address that a client is given.</summary>
    public string Endpoint => $"{_app.Urls.Single()}/v1";

    /// <summary>Between two pieces of an answer; for the next ones.</summary>
    public TimeSpan Period { get; set; }

    /// <summary>Answers that are being given.</summary>
    public int Speaking => Volatile.Read(ref _speaking);

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

    public void BeginAnswers() => (_isStamping, _isOver) = (false, false);

    public void BeginStamps() => _isStamping = true;

    /// <summary>What is on its way still arrives.</summary>
    public void EndStamps() => _isStamping = false;

    public void EndAnswers() => _isOver = true;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task CompleteAsync(HttpContext context)
    {
        Interlocked.Increment(ref _speaking);
        try
        {
            CompletionStream.Begin(context);
            using var timer = new PeriodicTimer(Period);
            do
            {
                await CompletionStream.SendAsync(context, _isStamping ? Stamp.Now() : Filler, context.RequestAborted);
            }
            while (await timer.WaitForNextTickAsync(context.RequestAborted) && !_isOver);

            await CompletionStream.EndAsync(context, context.RequestAborted);
        }
        finally
        {
            Interlocked.Decrement(ref _speaking);
        }
    }
}
