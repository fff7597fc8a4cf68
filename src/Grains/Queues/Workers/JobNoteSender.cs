using System.Collections.Immutable;
using System.Text;
using JubileeVerse.Queues.Jobs;

namespace JubileeVerse.Queues.Workers;

/// <summary>
/// Buffers and sends a run's progress and log lines: the first ones at once, further ones once a second, and the rest at the run's end.
/// When lines arrive faster than they are sent, only the latest <see cref="JobNote.MaxLines"/> are kept. This class is thread-safe.
/// </summary>
internal sealed class JobNoteSender
{
    private static readonly TimeSpan SendPeriod = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private Func<string?, ImmutableArray<string>, Task>? _send;
    private TimeProvider _time = TimeProvider.System;
    private Queue<string>? _lines;
    private string? _progress;
    private Task _sending = Task.CompletedTask;
    private bool _isSending;

    /// <summary>Sets the destination. Notes that were added before are sent together with the next one.</summary>
    public void Open(Func<string?, ImmutableArray<string>, Task> send, TimeProvider time)
    {
        _time = time;
        _send = send;
    }

    public void AddLine(string line)
    {
        lock (_lock)
        {
            Enqueue(Clean(line));
            Start();
        }
    }

    public void SetProgress(string progress)
    {
        lock (_lock)
        {
            _progress = Clean(progress);
            Start();
        }
    }

    /// <summary>
    /// Sends the remaining notes. A failed send is not retried, because it must not delay the report of the run's result.
    /// </summary>
    public async Task CloseAsync()
    {
        Task sending;
        lock (_lock)
            sending = _sending;
        await _closing.CancelAsync();
        await sending;
        if (Take() is { } last && _send is { } send)
            await send(last.Progress, last.Lines).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Start()
    {
        if (_isSending || _send is null || _closing.IsCancellationRequested)
            return;
        _isSending = true;
        _sending = SendAllAsync(_send);
    }

    private async Task SendAllAsync(Func<string?, ImmutableArray<string>, Task> send)
    {
        // Yield first, because the processor's thread holds the lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!_closing.IsCancellationRequested && Take() is { } note)
        {
            try
            {
                await send(note.Progress, note.Lines);
            }
            catch (Exception)
            {
                Restore(note.Progress, note.Lines);
            }

            await Task.Delay(SendPeriod, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Takes the buffered notes. Null: the buffer is empty, and the next note starts the sender again.</summary>
    private (string? Progress, ImmutableArray<string> Lines)? Take()
    {
        lock (_lock)
        {
            if (_progress is null && _lines is not { Count: > 0 })
            {
                _isSending = false;
                return null;
            }

            (string?, ImmutableArray<string>) note = (_progress, _lines is null ? [] : [.. _lines]);
            _progress = null;
            _lines?.Clear();
            return note;
        }
    }

    /// <summary>Returns notes that could not be sent to the buffer, before the newer ones.</summary>
    private void Restore(string? progress, ImmutableArray<string> lines)
    {
        lock (_lock)
        {
            _progress ??= progress;
            string[] newer = _lines is null ? [] : [.. _lines];
            _lines?.Clear();
            foreach (var line in lines.Concat(newer))
                Enqueue(line);
        }
    }

    private void Enqueue(string line)
    {
        _lines ??= new Queue<string>();
        _lines.Enqueue(line);
        if (_lines.Count > JobNote.MaxLines)
            _lines.Dequeue();
    }

    /// <summary>Returns the text as a single valid line that every store accepts.</summary>
    private static string Clean(string text) =>
        string.Concat(text.EnumerateRunes().Take(JobNote.MaxLength).Select(rune => Rune.IsControl(rune) ? new Rune(' ') : rune));
}
