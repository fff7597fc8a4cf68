using System.Collections.Immutable;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Personas;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Frames;
using JubileeVerse.Replies;

namespace JubileeVerse.Testing.Clusters;

/// <summary>A user's conversation and the gateway that follows it.</summary>
public sealed record TestConversation(
    JubileeCluster Cluster, UserId User, ConversationId Id, PersonaId Persona, RecordingGateway Gateway, GatewaySubscription Subscription)
{
    private int _keys;

    public IConversationGrain Grain => Cluster.Grains.GetGrain<IConversationGrain>(Id.Value);

    public Task<PostResult> PostAsync(string content, CancellationToken cancellationToken, string? key = null) =>
        Grain.PostAsync(new PostMessage(User, content, key ?? $"key-{Interlocked.Increment(ref _keys)}", [], null), cancellationToken);

    /// <summary>Posts and returns the one reply that was accepted.</summary>
    public async Task<Reply> AskAsync(string content, CancellationToken cancellationToken)
    {
        var result = await PostAsync(content, cancellationToken);
        return result.Turn?.Replies.Single() ?? throw new InvalidOperationException($"Refused: {result.Refusal}");
    }

    /// <summary>Attaches the gateway again, as it does when it is notified that the channel has moved.</summary>
    /// <param name="generation">Greater than 1 and greater than the generation of every earlier attachment.</param>
    public Task<ChannelAttachment> AttachAgainAsync(long generation) => Grain.AttachAsync(Subscription with { Generation = generation });

    /// <summary>Waits for a reply's end frame on the channel.</summary>
    public async Task<DurableFrame> EndOfAsync(ReplyId reply, CancellationToken cancellationToken)
    {
        await Gateway.UntilAsync(frames => frames.Any(frame => IsEndOf(frame, reply)), cancellationToken);
        return (DurableFrame)Gateway.Frames.First(frame => IsEndOf(frame, reply));
    }

    /// <summary>Polls a reply until it has ended, which needs no gateway.</summary>
    public async Task<Reply> UntilEndedAsync(ReplyId reply, CancellationToken cancellationToken)
    {
        Reply? now = null;
        await Cluster.UntilAsync(
            async () => (now = await TryGetAsync(reply, cancellationToken)) is { EndedAt: not null },
            $"the end of reply {reply}",
            cancellationToken);
        return now!;
    }

    /// <summary>All messages in the store, oldest first.</summary>
    public async Task<ImmutableArray<Message>> MessagesAsync(CancellationToken cancellationToken)
    {
        var page = await Cluster.Grains.GetGrain<IConversationQueriesGrain>(0)
            .MessagesAsync(User, Id, new MessagePageRequest(null, null, 100), cancellationToken);
        return page?.Messages ?? [];
    }

    /// <summary>Null while its silo is being replaced.</summary>
    private async Task<Reply?> TryGetAsync(ReplyId reply, CancellationToken cancellationToken)
    {
        try
        {
            return await Grain.GetReplyAsync(User, reply, cancellationToken);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            return null;
        }
    }

    private static bool IsEndOf(ChannelFrame frame, ReplyId reply) => frame switch
    {
        ReplyCompleted completed => completed.ReplyId == reply,
        ReplyFailed failed => failed.ReplyId == reply,
        ReplyCancelled cancelled => cancelled.ReplyId == reply,
        _ => false,
    };
}
