using System.Threading.Channels;
using JubileeVerse.Queues.Jobs;
using JubileeVerse.Replies;

namespace JubileeVerse.Grains.Tests.Replies;

/// <summary>A conversation as a run sees it. By default it accepts everything and holds the text that it receives.</summary>
internal sealed class FakeReplySession : IReplySessionFactory, IReplySession
{
    private readonly Channel<SentText> _sent = Channel.CreateUnbounded<SentText>();
    private string _held = "";

    public Func<BeginReplyResult> OnBegin { get; set; } = () => new BeginReplyResult(BeginReplyDecision.Ended, null);

    /// <summary>The result of an append; null accepts and holds the text.</summary>
    public Func<SentText, AppendReplyResult?> OnAppend { get; set; } = _ => null;

    public Func<EndReplyResult> OnComplete { get; set; } = () => new EndReplyResult(true, ReplyStatus.Completed);

    public List<(string Text, string? Language, TokenUsage Usage)> Completions { get; } = [];

    public List<(ReplyJobPayload Reply, JobLease Lease, int Attempt)> Opened { get; } = [];

    public string HeldText => Volatile.Read(ref _held);

    public IReplySession Create(ReplyJobPayload reply, JobLease lease, int attempt)
    {
        Opened.Add((reply, lease, attempt));
        return this;
    }

    public ValueTask<SentText> NextSentAsync(CancellationToken cancellationToken) => _sent.Reader.ReadAsync(cancellationToken);

    /// <summary>True if the test has read all sent texts.</summary>
    public bool AllTextWasRead => !_sent.Reader.TryPeek(out _);

    public Task<BeginReplyResult> BeginAsync(CancellationToken cancellationToken) => Task.FromResult(OnBegin());

    public ValueTask<AppendReplyResult> AppendAsync(int textOffset, string text)
    {
        var sent = new SentText(textOffset, text);
        try
        {
            if (OnAppend(sent) is { } scripted)
                return ValueTask.FromResult(scripted);
            if (textOffset <= _held.Length)
                Volatile.Write(ref _held, _held[..textOffset] + text);
            return ValueTask.FromResult(new AppendReplyResult(true, _held.Length));
        }
        finally
        {
            _sent.Writer.TryWrite(sent);
        }
    }

    public Task<EndReplyResult> CompleteAsync(string text, string? language, TokenUsage usage, CancellationToken cancellationToken)
    {
        Completions.Add((text, language, usage));
        return Task.FromResult(OnComplete());
    }

    /// <summary>Truncates the held text, as a move of the conversation does.</summary>
    public void TruncateTo(int length) => Volatile.Write(ref _held, _held[..length]);
}
