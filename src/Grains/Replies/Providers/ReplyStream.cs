using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Replies.Providers;

/// <summary>
/// One call to a model that has returned its first text. The timeouts for the first text and for the whole reply run from the start, and no
/// other update (a role, reasoning) extends them. The idle timeout runs only while the stream waits for the provider, so a slow consumer is
/// never mistaken for a silent provider.
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
    private bool _hasFinishReason;

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

    /// <summary>The latest piece of the reply; never empty.</summary>
    public string Piece { get; private set; } = "";

    /// <summary>The usage that the provider reports, at the end of the stream if at all; null until then.</summary>
    public UsageDetails? Usage { get; private set; }

    /// <summary>Calls the model and waits for its first text. Throws a <see cref="ProviderException"/> if there is none.</summary>
    public static async Task<ReplyStream> StartAsync(
        ChatModel model, ReplyRequest request, AiOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var stream = new ReplyStream(model, request, options, time, cancellationToken);
        try
        {
            return await stream.MoveNextAsync()
                ? stream
                : throw new ProviderFailedException(model.Name, $"The provider {model.Name} returned no text.");
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns false at the end of the reply. Throws a <see cref="ProviderException"/> if the stream ends before that.</summary>
    public async ValueTask<bool> MoveNextAsync()
    {
        try
        {
            while (await WaitAsync())
            {
                Apply(_updates.Current);
                if (Piece.Length > 0)
                    return true;
            }
        }
        catch (Exception) when (_caller.IsCancellationRequested)
        {
            // Whatever the client throws, the caller has cancelled the call.
            throw new OperationCanceledException(_caller);
        }
        catch (OperationCanceledException e) when (_stop.IsCancellationRequested)
        {
            throw new ProviderFailedException(Model.Name, $"The provider {Model.Name} timed out: {DescribeTimeout()}.", e);
        }
        catch (Exception e)
        {
            throw ProviderExceptionMapper.ToProviderException(Model.Name, e, _options, _time.GetUtcNow());
        }

        // An orderly close of the connection in the middle of a reply looks like its end; only the finish reason distinguishes the two.
        return _hasFinishReason
            ? false
            : throw new ProviderFailedException(
                Model.Name, $"The provider {Model.Name} closed the connection before the end of the reply.");
    }

    public async ValueTask DisposeAsync()
    {
        // Cancels the call if the reply was not read to its end.
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

    private void Apply(ChatResponseUpdate update)
    {
        Piece = update.Text;
        _hasFinishReason |= update.FinishReason is not null;
        foreach (var content in update.Contents)
        {
            if (content is UsageContent usage)
                Usage = usage.Details;
        }

        if (Piece.Length > 0 && !_hasText)
        {
            // The timeout for the first text is met; from here on WaitAsync sets the idle timeout.
            _hasText = true;
            _wait.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    private string DescribeTimeout() => (_total.IsCancellationRequested, _hasText) switch
    {
        (true, _) => $"no end within {_options.Timeouts.Total}",
        (_, true) => $"silent for {_options.Timeouts.Idle}",
        _ => $"no text within {_options.Timeouts.FirstToken}",
    };
}
