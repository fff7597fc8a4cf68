using System.Collections.Immutable;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Queues.Workers;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Grains.Tests.Queues;

public sealed class JobNoteSenderTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly JobNoteSender _notes = new();
    private readonly List<(string? Progress, ImmutableArray<string> Lines)> _sent = [];
    private TaskCompletionSource _arrived = new();
    private bool _fails;

    public JobNoteSenderTests() => _notes.Open(Send, _time);

    [Fact]
    public async Task AddLine_FirstLine_IsSentAtOnceAndLaterLinesInOneBatch()
    {
        var first = _arrived.Task;
        _notes.AddLine("one");
        await first;
        _notes.AddLine("two");
        _notes.SetProgress("half");
        _notes.AddLine("three");
        Assert.Single(_sent);

        await _notes.CloseAsync();

        Assert.Equal(["one"], _sent[0].Lines);
        Assert.Equal(("half", 2), (_sent[1].Progress, _sent[1].Lines.Length));
        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public async Task AddLine_MoreThanTheLimit_SendsTheLatestLines()
    {
        var first = _arrived.Task;
        _notes.AddLine("first");
        await first;
        for (var i = 0; i < JobNote.MaxLines + 5; i++)
            _notes.AddLine($"line {i}");

        await _notes.CloseAsync();

        Assert.Equal(Enumerable.Range(5, JobNote.MaxLines).Select(i => $"line {i}"), _sent[1].Lines);
    }

    [Fact]
    public async Task AddLine_SendFails_IsSentWithTheNextLine()
    {
        _fails = true;
        var first = _arrived.Task;
        _notes.AddLine("one");
        await first;
        _fails = false;

        _notes.AddLine("two");
        await _notes.CloseAsync();

        Assert.Equal(["one", "two"], _sent[^1].Lines);
    }

    [Fact]
    public async Task AddLine_UnstorableText_IsCleanedAndTruncated()
    {
        _notes.AddLine("a\nb\0c\ud800" + new string('x', 500));
        await _notes.CloseAsync();

        var line = Assert.Single(_sent[0].Lines);
        Assert.StartsWith("a b c\ufffdxxx", line, StringComparison.Ordinal);
        Assert.Equal(JobNote.MaxLength, line.Length);
    }

    [Fact]
    public async Task CloseAsync_NothingAdded_SendsNothing()
    {
        await _notes.CloseAsync();

        Assert.Empty(_sent);
    }

    private Task Send(string? progress, ImmutableArray<string> lines)
    {
        var fails = _fails;
        var arrived = Interlocked.Exchange(ref _arrived, new TaskCompletionSource());
        if (!fails)
            _sent.Add((progress, lines));
        arrived.SetResult();
        return fails ? Task.FromException(new TimeoutException("Scripted.")) : Task.CompletedTask;
    }
}
