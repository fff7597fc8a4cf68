using System.Collections.Immutable;
using JubileeVerse.Queues.Workers;
using Microsoft.Extensions.Time.Testing;

namespace JubileeVerse.Queues;

public sealed class JobNotesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly JobNotes _notes = new();
    private readonly List<(string? Progress, ImmutableArray<string> Lines)> _sent = [];
    private TaskCompletionSource _arrived = new();
    private bool _fails;

    public JobNotesTests() => _notes.Open(Send, _time);

    [Fact]
    public async Task Add_TheFirst_IsSentAtOnceAndLaterOnesTogetherAfterASecond()
    {
        var first = _arrived.Task;
        _notes.Add("one");
        await first;
        _notes.Add("two");
        _notes.Set("half");
        _notes.Add("three");
        Assert.Single(_sent);

        await _notes.CloseAsync();

        Assert.Equal(["one"], _sent[0].Lines);
        Assert.Equal(("half", 2), (_sent[1].Progress, _sent[1].Lines.Length));
        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public async Task Add_MoreThanAreKept_SendsTheLast()
    {
        var first = _arrived.Task;
        _notes.Add("first");
        await first;
        for (var i = 0; i < JobNote.MaxLines + 5; i++)
            _notes.Add($"line {i}");

        await _notes.CloseAsync();

        Assert.Equal(Enumerable.Range(5, JobNote.MaxLines).Select(i => $"line {i}"), _sent[1].Lines);
    }

    [Fact]
    public async Task Add_CannotBeSent_IsSentWithTheNext()
    {
        _fails = true;
        var first = _arrived.Task;
        _notes.Add("one");
        await first;
        _fails = false;

        _notes.Add("two");
        await _notes.CloseAsync();

        Assert.Equal(["one", "two"], _sent[^1].Lines);
    }

    [Fact]
    public async Task Add_TextThatNoStoreHolds_IsOneShortLine()
    {
        _notes.Add("a\nb\0c\ud800" + new string('x', 500));
        await _notes.CloseAsync();

        var line = Assert.Single(_sent[0].Lines);
        Assert.StartsWith("a b c\ufffdxxx", line, StringComparison.Ordinal);
        Assert.Equal(JobNote.MaxLength, line.Length);
    }

    [Fact]
    public async Task CloseAsync_NothingWasSaid_SendsNothing()
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
