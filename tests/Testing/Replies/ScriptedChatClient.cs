using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace JubileeVerse.Testing.Replies;

/// <summary>
/// A model that returns scripted pieces without delay and then the end. It can fail some calls, stop without an end, or hang until it is
/// released. Configure it before the first call.
/// </summary>
internal sealed class ScriptedChatClient(params string[] pieces) : IChatClient
{
    private readonly ConcurrentQueue<ScriptedCall> _calls = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<Exception> _failure = () => new HttpRequestException("Scripted failure.");
    private int _failuresLeft;
    private int _failAfter;
    private int _hangAfter = -1;

    /// <summary>The calls so far, in order.</summary>
    public IReadOnlyList<ScriptedCall> Calls => [.. _calls];

    /// <summary>Completes when a call has reached the piece at which it hangs.</summary>
    public Task Hanging => _hanging.Task;

    /// <summary>Whether the stream has a finish reason, as complete streams do.</summary>
    public bool HasEnd { get; init; } = true;

    /// <summary>Whether the stream hangs after its last piece until it is cancelled.</summary>
    public bool NeverEnds { get; init; }

    /// <summary>The token usage that it reports; null reports none.</summary>
    public UsageDetails? Usage { get; init; } = new() { InputTokenCount = 7, OutputTokenCount = 3 };

    /// <summary>Makes the next calls fail after this many pieces.</summary>
    public ScriptedChatClient FailNext(int times, int afterPieces = 0, Func<Exception>? failure = null)
    {
        (_failuresLeft, _failAfter, _failure) = (times, afterPieces, failure ?? _failure);
        return this;
    }

    /// <summary>Makes every call wait after this many pieces until <see cref="Release"/>.</summary>
    public ScriptedChatClient HangAfter(int pieceCount)
    {
        _hangAfter = pieceCount;
        return this;
    }

    public void Release() => _released.TrySetResult();

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        _calls.Enqueue(new ScriptedCall([.. messages], options));
        var isFailing = Interlocked.Decrement(ref _failuresLeft) >= 0;
        for (var i = 0; i <= pieces.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isFailing && i == _failAfter)
                throw _failure();
            if (i == _hangAfter)
            {
                _hanging.TrySetResult();
                await _released.Task.WaitAsync(cancellationToken);
            }

            if (i < pieces.Length)
                yield return new ChatResponseUpdate(ChatRole.Assistant, pieces[i]);
        }

        if (NeverEnds)
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        var end = new ChatResponseUpdate(ChatRole.Assistant, Usage is null ? [] : [new UsageContent(Usage)]);
        if (HasEnd)
            end.FinishReason = ChatFinishReason.Stop;
        yield return end;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
