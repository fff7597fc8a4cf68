using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Replies.Providers;

/// <summary>
/// One call to a model that has begun to speak. Its time-outs: first text and total count from the start, and no other sign of life
/// (a role, a thought) puts them off; idle counts only while we wait for the provider, so a slow reader is never taken for a silent one.
/// </summary>
internal sealed class ReplyStream : IAsyncDisposable
{
    private readonly AiOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _total;
    private readonly CancellationTokenSource _wait;
    private readonly CancellationTokenSource _stop;
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;
    private bool _hasText;
    private bool _hasEnd;

    private ReplyStream(ChatModel model, ReplyRequest request, AiOptions options, TimeProvider time, CancellationToken caller)
    {
        Model = model;
        Prompt = request.Compose(model.PromptTokens);
        _options = options;
        _time = time;
        _caller = caller;
        _total = new CancellationTokenSource(options.Timeouts.Total, time);
        _wait = new CancellationTokenSource(options.Timeouts.FirstToken, time);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(caller, _total.Token, _wait.Token);
        _updates = model.Client.GetStreamingResponseAsync(Prompt, request.OptionsFor(model), _stop.Token).GetAsyncEnumerator(_stop.Token);
    }

    public ChatModel Model { get; }

    public ImmutableArray<ChatMessage> Prompt { get; }

    /// <summary>The newest piece of the answer; never empty.</summary>
    public string Piece { get; private set; } = "";

    /// <summary>What the provider counted; null until it says so, which is at the end if at all.</summary>
    public UsageDetails? Usage { get; private set; }

    /// <summary>Calls the model and waits for its first text. Throws a <see cref="ProviderException"/> where none comes.</summary>
    public static async Task<ReplyStream> StartAsync(
        ChatModel model, ReplyRequest request, AiOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var stream = new ReplyStream(model, request, options, time, cancellationToken);
        try
        {
            return await stream.MoveNextAsync()
                ? stream
                : throw new ProviderFailedException(model.Name, $"The provider {model.Name} answered nothing.");
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>False at the answer's end. Throws a <see cref="ProviderException"/> where it breaks off.</summary>
    public async ValueTask<bool> MoveNextAsync()
    {
        try
        {
            while (await WaitAsync())
            {
                Take(_updates.Current);
                if (Piece.Length > 0)
                    return true;
            }
        }
        catch (Exception) when (_caller.IsCancellationRequested)
        {
            // However the client words it, the caller asked for it.
            throw new OperationCanceledException(_caller);
        }
        catch (OperationCanceledException e) when (_stop.IsCancellationRequested)
        {
            throw new ProviderFailedException(Model.Name, $"The provider {Model.Name} was too slow: {LimitReached()}.", e);
        }
        catch (Exception e)
        {
            throw ProviderFaults.ToProviderException(Model.Name, e, _options, _time.GetUtcNow());
        }

        // A connection that closes in an orderly way in the middle of an answer looks like its end; only the reason for the end tells.
        return _hasEnd ? false : throw new ProviderFailedException(Model.Name, $"The provider {Model.Name} broke off before the answer's end.");
    }

    public async ValueTask DisposeAsync()
    {
        // Tells the provider to stop where the answer was left early.
        await _stop.CancelAsync();
        await _updates.DisposeAsync();
        _stop.Dispose();
        _wait.Dispose();
        _total.Dispose();
    }

    private async ValueTask<bool> WaitAsync()
    {
        var next = _updates.MoveNextAsync();
        if (next.IsCompleted || !_hasText)
            return await next;

        _wait.CancelAfter(_options.Timeouts.Idle);
        var moved = await next;
        _wait.CancelAfter(Timeout.InfiniteTimeSpan);
        return moved;
    }

    private void Take(ChatResponseUpdate update)
    {
        Piece = update.Text;
        _hasEnd |= update.FinishReason is not null;
        foreach (var content in update.Contents)
        {
            if (content is UsageContent usage)
                Usage = usage.Details;
        }

        if (Piece.Length > 0 && !_hasText)
        {
            // The first text has come: from here on the wait is for the next.
            _hasText = true;
            _wait.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    private string LimitReached() => (_total.IsCancellationRequested, _hasText) switch
    {
        (true, _) => $"no end within {_options.Timeouts.Total}",
        (_, true) => $"silent for {_options.Timeouts.Idle}",
        _ => $"no text within {_options.Timeouts.FirstToken}",
    };
}
