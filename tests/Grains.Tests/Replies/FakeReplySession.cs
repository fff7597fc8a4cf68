using System.Threading.Channels;
using JubileeVerse.Queues;
using JubileeVerse.Replies;

namespace JubileeVerse.Grains.Tests.Replies;

/// <summary>A conversation as a run sees it. Without further orders it accepts everything and holds what it was sent.</summary>
internal sealed class FakeReplySession : IReplySessions, IReplySession
{
    private readonly Channel<SentText> _sent = Channel.CreateUnbounded<SentText>();
    private string _held = "";

    public Func<BeginReplyResult> OnBegin { get; set; } = () => new BeginReplyResult(BeginReplyDecision.Ended, null);

    /// <summary>Null: accepts and holds.</summary>
    public Func<SentText, AppendReplyResult?> OnAppend { get; set; } = _ => null;

    public Func<EndReplyResult> OnComplete { get; set; } = () => new EndReplyResult(true, ReplyStatus.Completed);

    public List<(string Text, string? Language, TokenUsage Usage)> Completions { get; } = [];

    public List<(ReplyJobPayload Reply, JobLease Lease, int Attempt)> Opened { get; } = [];

    public string Held => Volatile.Read(ref _held);

    public IReplySession Open(ReplyJobPayload reply, JobLease lease, int attempt)
    {
        Opened.Add((reply, lease, attempt));
        return this;
    }

    public ValueTask<SentText> NextSentAsync(CancellationToken cancellationToken) => _sent.Reader.ReadAsync(cancellationToken);

    /// <summary>True: nothing was sent that the test has not read.</summary>
    public bool IsQuiet => !_sent.Reader.TryPeek(out _);

    public Task<BeginReplyResult> BeginAsync(CancellationToken cancellationToken) => Task.FromResult(OnBegin());

    public ValueTask<AppendReplyResult> AppendAsync(int textOffset, string text)
    {
        var sent = new SentText(textOffset, text);
        try
        {
            if (OnAppend(sent) is { } ordered)
                return ValueTask.FromResult(ordered);
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

    /// <summary>As when the conversation moved: it holds less than it did.</summary>
    public void Forget(int length) => Volatile.Write(ref _held, _held[..length]);
}
