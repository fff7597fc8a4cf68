using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Replies;

/// <summary>
/// Brings an answer to its conversation while it grows, beside the one who reads the model: the first text at once, then what has gathered
/// every <see cref="Interval"/>. It keeps the whole text. Where the conversation holds less than was sent (it moved), it sends again from
/// there; where a call fails it tries with the next one; where the conversation refuses, <see cref="Refused"/> says so and nothing more is sent.
/// What is unsent when it is disposed goes with the completion, which carries the whole text.
/// </summary>
internal sealed partial class ReplyAppender : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(40);

    private static readonly TimeSpan MaxFailureWait = TimeSpan.FromSeconds(1);

    private readonly IReplySession _session;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _refused = new();
    private readonly Task _sending;

    // How much the conversation is known to hold. Only the sending loop touches it.
    private int _held;

    public ReplyAppender(IReplySession session, TimeProvider time, ILogger logger)
    {
        _session = session;
        _time = time;
        _logger = logger;
        _sending = SendAsync();
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

    /// <summary>Whole characters only.</summary>
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
        await _sending;
        _stop.Dispose();
        _refused.Dispose();
    }

    private async Task SendAsync()
    {
        var wait = Interval;
        try
        {
            while (await _wake.Reader.WaitToReadAsync(_stop.Token))
            {
                _wake.Reader.TryRead(out _);
                if (!await TryFlushAsync())
                {
                    // Its own wake, as perhaps no more text comes. Ever slower, so that a conversation in trouble is not hammered.
                    _wake.Writer.TryWrite(true);
                    wait = wait * 2 < MaxFailureWait ? wait * 2 : MaxFailureWait;
                }
                else
                {
                    wait = Interval;
                }

                await Task.Delay(wait, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }

    // False: try again.
    private async Task<bool> TryFlushAsync()
    {
        try
        {
            while (Unsent() is { Length: > 0 } unsent)
            {
                var offset = _held;

                // Not waited for when we stop: after the completion a late append is refused, and a lost one was in the completion.
                var result = await _session.AppendAsync(offset, unsent).AsTask().WaitAsync(_stop.Token);
                if (!result.Accepted)
                {
                    await _refused.CancelAsync();
                    await _stop.CancelAsync();
                    return true;
                }

                _held = Math.Clamp(result.Length, 0, offset + unsent.Length);
                if (_held < offset + unsent.Length)
                {
                    LogHoldsLess(_held, offset + unsent.Length);

                    // Again at once from where it stands; but not for ever with one that takes nothing.
                    if (_held >= offset)
                        return false;
                }
            }

            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            LogAppendFailed(e, _held);
            return false;
        }
    }

    private string Unsent()
    {
        lock (_gate)
            return _text.ToString(_held, _text.Length - _held);
    }
}
