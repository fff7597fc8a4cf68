using JubileeVerse.Accounts;
using JubileeVerse.Conversations.Store;
using JubileeVerse.Conversations.Turns;
using JubileeVerse.Conversations.Writing;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Channels;
using JubileeVerse.Realtime.History;
using JubileeVerse.Realtime.Outbox;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace JubileeVerse.Conversations;

/// <summary>
/// One conversation. The grain is the single writer of its rows.
/// </summary>
/// <remarks>
/// <para>A command decides on the state in memory, commits one write unit, applies it to memory and then publishes: no event is published
/// before it is stored. Commands do not interleave, so the fence of a unit can only fail when a second activation has written. Then the
/// state is loaded again and the command runs once more. When that fails as well, this activation deactivates.</para>
/// <para>A worker's appends interleave with commands and touch memory only (<see cref="ReplyProgress"/>), so a post that waits for its
/// commit never blocks a running reply. An append can race with the commit of its reply's end; <see cref="ReplyProgress.IsEnding"/> rejects
/// text during that commit.</para>
/// </remarks>
[GrainType("conversation"), RandomPlacement, CollectionAgeLimit(Minutes = IdleMinutes)]
internal sealed partial class ConversationGrain(
    IConversationStore store,
    IGatewayOutboxes outboxes,
    ChannelEpoch epochs,
    QueueLoads loads,
    QueueCatalog queues,
    TimeProvider time,
    ILogger<ConversationGrain> logger) : Grain, IConversationGrain
{
    /// <summary>
    /// A short age, so that active conversations are soon spread over the present silos. A gateway that follows a conversation keeps it
    /// active.
    /// </summary>
    private const int IdleMinutes = 5;

    /// <summary>
    /// The delay before the activation is announced. The call that activates a conversation is often a gateway's attachment, and that
    /// gateway needs no announcement.
    /// </summary>
    private static readonly TimeSpan AnnounceDelay = TimeSpan.FromMilliseconds(50);

    private readonly Channel _channel = new(outboxes);
    private StoredConversation _conversation = null!;
    private ReplyQueueClient _queue = null!;
    private TurnReplays _replays = null!;
    private ReplyRuns _runs = null!;
    private OwnerNotifier _owner = null!;
    private string _epoch = "";

    private ConversationId Id => new(this.GetPrimaryKey());

    private ChannelName ChannelName => ChannelName.For(Id);

    /// <summary>
    /// The present time with the precision of the store, so that clients receive the same instant before and after a restart.
    /// </summary>
    private DateTimeOffset Now => UnixTime.FromMilliseconds(time.NowMs());

    private QueueOptions ReplyQueue => queues.OptionsFor(QueueNames.AiResponse);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _conversation = new StoredConversation(Id, store, DeactivateOnIdle, logger);
        _queue = new ReplyQueueClient(Id, GrainFactory.GetGrain<IQueueGrain>(QueueNames.AiResponse), time, logger);
        _replays = new TurnReplays(Id, store, _queue);
        _runs = new ReplyRuns(_conversation, store, _channel, Id, time, DeactivateOnIdle);
        _owner = new OwnerNotifier(GrainFactory, logger);
        _epoch = await epochs.GetAsync(cancellationToken);
        await _conversation.LoadAsync(cancellationToken);
        if (_conversation.State is not { Open.Count: > 0 } state)
            return;

        _queue.OfferAsync(state).Ignore();
        this.RegisterGrainTimer(
            _ => AnnounceAsync(), new GrainTimerCreationOptions(AnnounceDelay, Timeout.InfiniteTimeSpan) { Interleave = true });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_conversation.State is { Open.Count: > 0 })
            _channel.SendMoved(ChannelName);
        return Task.CompletedTask;
    }

    public async Task<Conversation> CreateAsync(CreateConversation command, CancellationToken cancellationToken)
    {
        if (_conversation.State is null)
        {
            ConversationRules.CheckCreate(command);
            var head = ConversationHead.Create(Id, command, Now);
            if (await _conversation.TryCreateAsync(head))
            {
                _channel.SkipAnnouncement();
                _owner.NotifyChanged(head);
            }
        }

        return _conversation.StateOf(command.UserId).Head.Conversation;
    }

    public Task<Conversation> UpdateAsync(UserId userId, ConversationChange change, CancellationToken cancellationToken)
    {
        ConversationRules.CheckTitle(change.Title);
        return _conversation.ExecuteAsync(async () =>
        {
            var state = _conversation.StateOf(userId);
            var write = CreateWriter(state).Change(head => head with { Conversation = head.Conversation.With(change) }).AddChangedEvent();
            await CommitAsync(state, write.Build());
            return state.Head.Conversation;
        });
    }

    public Task DeleteAsync(UserId userId, CancellationToken cancellationToken) => _conversation.ExecuteAsync(async () =>
    {
        var state = _conversation.OwnedStateOf(userId);
        if (state.Head.DeletedAt is not null)
            return true;

        var write = CreateTurnWriter(state).Delete();
        await CommitAsync(state, write);
        _queue.Cancel(write.ReplyEnds.Select(reply => reply.Id));
        return true;
    });

    public Task MarkReadAsync(UserId userId, long seq, CancellationToken cancellationToken) => _conversation.ExecuteAsync(async () =>
    {
        var state = _conversation.StateOf(userId);
        var read = Math.Clamp(seq, 0, state.Head.LastSeq);
        if (read > state.Head.ReadSeq)
            await CommitAsync(state, CreateWriter(state).MarkRead(read).Build());
        return true;
    });

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway)
    {
        var state = _conversation.RequireState();
        _channel.Attach(gateway);
        return Task.FromResult(new ChannelAttachment(
            outboxes.Silo, _epoch, state.Head.Version, [.. state.Open.Select(progress => progress.ToSnapshot(ChannelName))]));
    }

    public Task DetachAsync(GatewayId gateway, long generation)
    {
        _channel.Detach(gateway, generation);
        return Task.CompletedTask;
    }

    private Task AnnounceAsync()
    {
        _channel.Announce(ChannelName);
        return Task.CompletedTask;
    }

    /// <summary>Commits a write and publishes it.</summary>
    private async Task CommitAsync(ConversationState state, ConversationWrite write)
    {
        var before = state.Head;
        await _conversation.CommitAsync(state, write);
        Publish(before, write);
    }

    /// <summary>Publishes a committed write to the followers, the owner and the account.</summary>
    private void Publish(ConversationHead before, ConversationWrite write)
    {
        foreach (var frame in write.Events)
            _channel.Publish(frame);
        _owner.Notify(before, write.Head);
        if (write.ReplyEnds.Length > 0)
            Account(write.Head).ReplyEndedAsync([.. write.ReplyEnds.Select(reply => reply.Id)], CancellationToken.None).Ignore();
    }

    private ConversationWriteBuilder CreateWriter(ConversationState state) => new(state, _epoch, Now);

    private TurnWriter CreateTurnWriter(ConversationState state) => new(state, CreateWriter(state), ReplyQueue, time);

    private IAccountGrain Account(ConversationHead head) => GrainFactory.GetGrain<IAccountGrain>(head.Owner.Value);
}
