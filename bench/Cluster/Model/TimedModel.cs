using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using JubileeVerse.Testing.Replies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Bench.Cluster.Model;

/// <summary>
/// A model on loopback with a configurable duration of each reply, which records its output. A reply to a message with a mark contains the
/// mark and the number of the call, so that duplicated, mixed or corrupted replies can be detected.
/// </summary>
internal sealed class TimedModel : IAsyncDisposable
{
    private const int PieceCount = 20;

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ModelCall> _calls = new();
    private int _number;

    private TimedModel(WebApplication app) => _app = app;

    /// <summary>Duration of a reply from the call on. It applies to later calls.</summary>
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The base address for clients.</summary>
    public string Endpoint => $"{_app.Urls.Single()}/v1";

    public static async Task<TimedModel> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var model = new TimedModel(app);
        app.MapPost("/v1/chat/completions", model.CompleteAsync);
        await app.StartAsync(cancellationToken);
        return model;
    }

    /// <summary>The calls for messages whose mark has the prefix, by mark.</summary>
    public ILookup<string, ModelCall> CallsOf(string markPrefix) =>
        _calls.Where(call => call.Mark.StartsWith(markPrefix, StringComparison.Ordinal)).ToLookup(call => call.Mark);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task CompleteAsync(HttpContext context)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted);
        var mark = MessageMark.Find(LastUserMessage(body));
        var number = Interlocked.Increment(ref _number);
        string[] pieces = [.. Enumerable.Range(0, PieceCount).Select(i => Piece(mark, number, i))];
        _calls.Enqueue(new ModelCall(mark, string.Concat(pieces)));

        CompletionStream.Begin(context);
        using var timer = new PeriodicTimer(Duration / PieceCount);
        foreach (var piece in pieces)
        {
            await timer.WaitForNextTickAsync(context.RequestAborted);
            await CompletionStream.SendAsync(context, piece, context.RequestAborted);
        }

        await CompletionStream.EndAsync(context, context.RequestAborted);
    }

    private static string Piece(string mark, int number, int index) => index == 0
        ? $"To {mark}, call {number.ToString(CultureInfo.InvariantCulture)}:"
        : $" word {index.ToString(CultureInfo.InvariantCulture)} of {number.ToString(CultureInfo.InvariantCulture)}";

    private static string LastUserMessage(JsonElement body) => body.GetProperty("messages").EnumerateArray()
        .Last(message => message.GetProperty("role").GetString() == "user")
        .GetProperty("content").ToString();
}
