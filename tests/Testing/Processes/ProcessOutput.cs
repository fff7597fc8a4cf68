using System.Text;

namespace JubileeVerse.Testing.Processes;

/// <summary>The lines that processes printed, in the order of arrival. The number of lines is bounded; the oldest are dropped.</summary>
public sealed class ProcessOutput
{
    private const int MaxLines = 5_000;

    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = [];
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Text
    {
        get
        {
            lock (_lock)
                return string.Join('\n', _lines);
        }
    }

    /// <summary>The last lines, for the message of a failure.</summary>
    public string Tail(int lines)
    {
        lock (_lock)
            return new StringBuilder().AppendJoin('\n', _lines.TakeLast(lines)).ToString();
    }

    /// <summary>Returns when a line that contains the text is among the retained lines.</summary>
    public async Task UntilAsync(string text, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_lines.Any(line => line.Contains(text, StringComparison.Ordinal)))
                    return;
                next = _next.Task;
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    internal void Add(string? line)
    {
        if (line is null)
            return;
        lock (_lock)
        {
            _lines.Enqueue(line);
            if (_lines.Count > MaxLines)
                _lines.Dequeue();
            _next.SetResult();
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
