using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Replies;

/// <summary>
/// Appends the text of a reply to its conversation while the model generates it: the first text at once, then the accumulated text every
/// <see cref="FlushInterval"/>. It keeps the whole text. If the conversation has less text than was sent (because it moved to another
/// silo), the missing text is sent again; if a call fails, the next flush retries; if the conversation refuses the text,
/// <see cref="Refused"/> is cancelled and nothing more is sent. Unsent text at disposal is part of the completion, which contains the
/// whole text.
/// </summary>
internal sealed partial class ReplyAppender : IAsyncDisposable
{
    public static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(40);

    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(1);

    private readonly IReplySession _session;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _refused = new();
    private readonly Task _sendLoop;

    // The length that the conversation is known to have. Only the sending loop accesses it.
    private int _acceptedLength;

    public ReplyAppender(IReplySession session, TimeProvider time, ILogger logger)
    {
        _session = session;
        _time = time;
        _logger = logger;
        _sendLoop = SendAsync();
    }

    /// <summary>Cancelled when the reply has ended or a later run has begun.</summary>
    public CancellationToken Refused => _refused.Token;

    public string Text
    {
        get
        {
            lock (_gate)
                return _text.ToString();
        }
    }

    /// <param name="text">Must not split a surrogate pair.</param>
    public void Add(string text)
    {
        if (text.Length == 0)
            return;
        lock (_gate)
            _text.Append(text);
        _wake.Writer.TryWrite(true);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sendLoop;
        _stop.Dispose();
        _refused.Dispose();
    }

    private async Task SendAsync()
    {
        var delay = FlushInterval;
        try
        {
            while (await _wake.Reader.WaitToReadAsync(_stop.Token))
            {
                _wake.Reader.TryRead(out _);
                if (!await TryFlushAsync())
                {
                    // Schedules the retry here, because no further text may arrive; with backoff, to spare a failing conversation.
                    _wake.Writer.TryWrite(true);
                    delay = delay * 2 < MaxRetryDelay ? delay * 2 : MaxRetryDelay;
                }
                else
                {
                    delay = FlushInterval;
                }

                await Task.Delay(delay, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    // Returns false if the flush must be retried.
    private async Task<bool> TryFlushAsync()
    {
        try
        {
            while (Unsent() is { Length: > 0 } unsent)
            {
                var offset = _acceptedLength;

                // Not awaited after stop: the conversation refuses an append after the completion, and the completion contains its text.
                var result = await _session.AppendAsync(offset, unsent).AsTask().WaitAsync(_stop.Token);
                if (!result.Accepted)
                {
                    await _refused.CancelAsync();
                    await _stop.CancelAsync();
                    return true;
                }

                _acceptedLength = Math.Clamp(result.Length, 0, offset + unsent.Length);
                if (_acceptedLength < offset + unsent.Length)
                {
                    LogTextMissing(_acceptedLength, offset + unsent.Length);

                    // Send again at once if the conversation has lost text; retry later if it accepts no new text, to avoid a tight loop.
                    if (_acceptedLength >= offset)
                        return false;
                }
            }

            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            LogAppendFailed(e, _acceptedLength);
            return false;
        }
    }

    private string Unsent()
    {
        lock (_gate)
            return _text.ToString(_acceptedLength, _text.Length - _acceptedLength);
    }
}
