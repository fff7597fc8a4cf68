using System.Collections.Immutable;
using System.Text;

namespace JubileeVerse.Queues.Workers;

/// <summary>
/// What a run says of itself, until it has been sent: at once, then once a second while there is more, and at the run's end. Of lines that
/// come faster only the last ones are kept. Used by the processor's threads.
/// </summary>
internal sealed class JobNotes
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private Func<string?, ImmutableArray<string>, Task>? _send;
    private TimeProvider _time = TimeProvider.System;
    private Queue<string>? _lines;
    private string? _progress;
    private Task _sending = Task.CompletedTask;
    private bool _isSending;

    /// <summary>Where notes go; those that came before wait for the next.</summary>
    public void Open(Func<string?, ImmutableArray<string>, Task> send, TimeProvider time)
    {
        _time = time;
        _send = send;
    }

    public void Add(string line)
    {
        lock (_lock)
        {
            Keep(Clean(line));
            Start();
        }
    }

    public void Set(string progress)
    {
        lock (_lock)
        {
            _progress = Clean(progress);
            Start();
        }
    }

    /// <summary>Sends what is left. What cannot be sent now is lost, for the run's end is worth more.</summary>
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
        // Off the processor's own thread, which holds the lock.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!_closing.IsCancellationRequested && Take() is { } note)
        {
            try
            {
                await send(note.Progress, note.Lines);
            }
            catch (Exception)
            {
                GiveBack(note.Progress, note.Lines);
            }

            await Task.Delay(Period, _time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Null: there is nothing, and the next note starts sending again.</summary>
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

    private void GiveBack(string? progress, ImmutableArray<string> lines)
    {
        lock (_lock)
        {
            _progress ??= progress;
            string[] later = _lines is null ? [] : [.. _lines];
            _lines?.Clear();
            foreach (var line in lines.Concat(later))
                Keep(line);
        }
    }

    private void Keep(string line)
    {
        _lines ??= new Queue<string>();
        _lines.Enqueue(line);
        if (_lines.Count > JobNote.MaxLines)
            _lines.Dequeue();
    }

    /// <summary>One line, such as every store can hold.</summary>
    private static string Clean(string text) => string.Concat(text.EnumerateRunes().Take(JobNote.MaxLength).Select(rune => Rune.IsControl(rune) ? new Rune(' ') : rune));
}
