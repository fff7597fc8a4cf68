using System.Collections.Immutable;
using System.Data.Common;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations.Store;
using JubileeVerse.Conversations.Writing;
using JubileeVerse.Errors;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Configuration;
using JubileeVerse.Realtime;
using JubileeVerse.Realtime.Channels;
using JubileeVerse.Realtime.History;
using JubileeVerse.Realtime.Outbox;
using JubileeVerse.Replies;
using JubileeVerse.Rules;
using JubileeVerse.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
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
/// <para>Commits are never cancelled, because a caller that disconnects must not leave memory and store inconsistent.</para>
/// </remarks>
[GrainType("conversation"), RandomPlacement, CollectionAgeLimit(Minutes = IdleMinutes)]
internal sealed partial class ConversationGrain(
    IConversationStore store,
    IGatewayOutboxes outboxes,
    ChannelEpoch epochs,
    QueueLoads loads,
    IOptionsMonitor<QueuesOptions> queues,
    TimeProvider time,
    ILogger<ConversationGrain> logger) : Grain, IConversationGrain
{
    /// <summary>
    /// A short age, so that active conversations are soon spread over the present silos. A gateway that follows a conversation keeps it
    /// active.
    /// </summary>
    private const int IdleMinutes = 5;

    /// <summary>How long an accepted post waits for the position of its jobs; the queue finds the jobs in its table anyway.</summary>
    private static readonly TimeSpan OfferTimeout = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The delay before the activation is announced. The call that activates a conversation is often a gateway's attachment, and that
    /// gateway needs no announcement.
    /// </summary>
    private static readonly TimeSpan AnnounceDelay = TimeSpan.FromMilliseconds(50);

    private readonly Channel _channel = new(outboxes);
    private readonly RecentTurns _recent = new();
    private ConversationState? _state;
    private string _epoch = "";

    private ConversationId Id => new(this.GetPrimaryKey());

    private ChannelName ChannelName => ChannelName.For(Id);

    /// <summary>
    /// The present time with the precision of the store, so that clients receive the same instant before and after a restart.
    /// </summary>
    private DateTimeOffset Now => UnixTime.FromMilliseconds(time.NowMs());

    private QueueOptions ReplyQueue => queues.CurrentValue.AiResponse;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _epoch = await epochs.GetAsync(cancellationToken);
        await LoadAsync(cancellationToken);
        if (_state is not { Open.Count: > 0 })
            return;

        OfferAsync().Ignore();
        this.RegisterGrainTimer(
            _ => AnnounceAsync(), new GrainTimerCreationOptions(AnnounceDelay, Timeout.InfiniteTimeSpan) { Interleave = true });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_state is { Open.Count: > 0 })
            _channel.SendMoved(ChannelName);
        return Task.CompletedTask;
    }

    public async Task<Conversation> CreateAsync(CreateConversation command, CancellationToken cancellationToken)
    {
        if (_state is null)
        {
            ConversationRules.CheckTitle(command.Title);
            JubileeException.ThrowIfInvalid("personas", PersonaCountRule.FindFault(command.Personas.Length));

            var conversation = new Conversation(
                Id, command.Title, command.Personas, command.Language, command.OnBusy, Archived: false, Now, LastMessageAt: null);
            var head = new ConversationHead(
                command.UserId, conversation, Version: 0, LastSeq: 0, ReadSeq: 0, LastMessage: null, DeletedAt: null);
            try
            {
                await store.CreateAsync(head, CancellationToken.None);
                _state = new ConversationState(new LoadedConversation(head, [], NextOrdinal: 1));
                _channel.SkipAnnouncement();
                NotifyOwner(owner => owner.ConversationChangedAsync(conversation, deleted: false, CancellationToken.None));
            }
            catch (DuplicateKeyException)
            {
                // An earlier attempt has stored the conversation.
                await LoadAsync(CancellationToken.None);
            }
        }

        return StateOf(command.UserId).Head.Conversation;
    }

    public Task<PostResult> PostAsync(PostMessage command, CancellationToken cancellationToken)
    {
        ConversationRules.CheckPost(command);
        var hash = ConversationRules.RequestHash(command);
        return ExecuteAsync(command.UserId, async state =>
        {
            if (_recent.TryGet(command.ClientMessageId, out var known))
                return await ReplayAsync(known, hash, cancellationToken);

            // The key is looked up before open replies are cancelled, because the post may already be stored.
            if (state.Head.Conversation.OnBusy == OnBusy.Interrupt && state.Open.Count > 0
                && await FindTurnAsync(command.ClientMessageId, cancellationToken) is { } stored)
                return await ReplayAsync(stored, hash, cancellationToken);

            var personas = ConversationRules.SelectPersonas(state.Head.Conversation, command.Personas);
            return await AdmitAsync(state, command.ClientMessageId, hash, personas.Length, cancellationToken, async (ids, admission) =>
            {
                var write = CreateTurnWriter(state).Post(command, hash, personas, ids, admission);
                return await CommitTurnAsync(state, write, command.ClientMessageId, hash, cancellationToken);
            });
        });
    }

    public Task<PostResult> RegenerateAsync(UserId userId, MessageId messageId, string clientKey, CancellationToken cancellationToken) =>
        ExecuteAsync(userId, async state =>
        {
            var target = await store.FindWithRepliesAsync(Id, messageId, cancellationToken) ?? throw JubileeException.NotFound("message");
            var hash = target.Message.Id.ToString();
            if (_recent.TryGet(clientKey, out var known))
                return await ReplayAsync(known, hash, cancellationToken);

            return await AdmitAsync(state, clientKey, hash, target.FirstReplies.Length, cancellationToken, async (ids, admission) =>
            {
                var write = CreateTurnWriter(state).Regenerate(target, clientKey, ids, admission);
                return await CommitTurnAsync(state, write, clientKey, hash, cancellationToken, target.Message);
            });
        });

    public Task<Conversation> UpdateAsync(UserId userId, ConversationChange change, CancellationToken cancellationToken)
    {
        ConversationRules.CheckTitle(change.Title);
        return ExecuteAsync(userId, async state =>
        {
            var write = Writer(state).Change(head => head with { Conversation = head.Conversation.With(change) }).AddChangedEvent();
            await CommitAsync(state, write.Build());
            return state.Head.Conversation;
        });
    }

    public Task DeleteAsync(UserId userId, CancellationToken cancellationToken) =>
        ExecuteAsync(() => OwnedStateOf(userId), async state =>
        {
            if (state.Head.DeletedAt is not null)
                return true;

            var write = Writer(state);
            var ended = CancelAll(state, write, ReplyCancelReasons.ConversationDeleted);
            write.Change(head => head with { DeletedAt = write.Now }).AddChangedEvent(deleted: true);
            await CommitAsync(state, write.Build());
            CancelJobs(ended);
            return true;
        });

    public Task MarkReadAsync(UserId userId, long seq, CancellationToken cancellationToken) =>
        ExecuteAsync(userId, async state =>
        {
            var read = Math.Clamp(seq, 0, state.Head.LastSeq);
            if (read > state.Head.ReadSeq)
                await CommitAsync(state, Writer(state).MarkRead(read).Build());
            return true;
        });

    public Task<ChannelAttachment> AttachAsync(GatewaySubscription gateway)
    {
        var state = _state ?? throw JubileeException.NotFound("conversation");
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

    private async Task LoadAsync(CancellationToken cancellationToken) =>
        _state = await store.LoadAsync(Id, cancellationToken) is { } loaded ? new ConversationState(loaded) : null;

    /// <summary>
    /// The state, if the user may see it. A deleted conversation or another user's conversation looks like one that never existed.
    /// </summary>
    private ConversationState StateOf(UserId userId) =>
        OwnedStateOf(userId) is { Head.DeletedAt: null } state ? state : throw JubileeException.NotFound("conversation");

    /// <summary>The state of the user's conversation, even if it is deleted.</summary>
    private ConversationState OwnedStateOf(UserId userId) =>
        _state is { } state && state.Head.Owner == userId ? state : throw JubileeException.NotFound("conversation");

    private Task<T> ExecuteAsync<T>(UserId userId, Func<ConversationState, Task<T>> command) =>
        ExecuteAsync(() => StateOf(userId), command);

    private Task<T> ExecuteAsync<T>(Func<ConversationState> state, Func<ConversationState, Task<T>> command) =>
        TranslateStoreFaultsAsync(() => RunAsync(state, command));

    /// <summary>Reports an unavailable store as <c>Unavailable</c>, because the fault is transient and callers may retry.</summary>
    private async Task<T> TranslateStoreFaultsAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception)
            when (exception is StoreUnavailableException || (exception is DbException fault && StoreErrorClassifier.IsTransient(fault)))
        {
            // The driver's message may name servers, so it is logged and not sent to clients.
            LogStoreUnavailable(exception, Id);
            throw new JubileeException(ErrorCode.Unavailable, "The store is unavailable; try again.");
        }
    }

    /// <summary>Runs a command, and runs it once more on reloaded state when another activation has written since.</summary>
    private async Task<T> RunAsync<T>(Func<ConversationState> state, Func<ConversationState, Task<T>> command)
    {
        try
        {
            return await command(state());
        }
        catch (StaleWriterException exception)
        {
            LogStale(exception, Id);
            await LoadAsync(CancellationToken.None);
        }

        try
        {
            return await command(state());
        }
        catch (StaleWriterException exception)
        {
            LogStale(exception, Id);
            DeactivateOnIdle();
            throw new JubileeException(ErrorCode.Unavailable, "The conversation is moving to another server; try again.");
        }
    }

    private ConversationWriteBuilder Writer(ConversationState state) => new(state, _epoch, Now);

    private TurnWriter CreateTurnWriter(ConversationState state) => new(state, Writer(state), ReplyQueue, time);

    private async Task CommitAsync(ConversationState state, ConversationWrite write)
    {
        try
        {
            await store.CommitAsync(write, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not (StaleWriterException or DuplicateKeyException))
        {
            // Whether the unit was stored is unknown, so the activation cannot rely on its memory any longer.
            DeactivateOnIdle();
            throw;
        }

        var before = state.Head;
        state.Apply(write);
        foreach (var frame in write.Events)
            _channel.Publish(frame);
        NotifyOwner(before, state.Head);
        if (write.EndedReplies.Length > 0)
            Account(state).ReplyEndedAsync([.. write.EndedReplies.Select(reply => reply.Id)], CancellationToken.None).Ignore();
    }

    private IAccountGrain Account(ConversationState state) => GrainFactory.GetGrain<IAccountGrain>(state.Head.Owner.Value);

    private IQueueGrain Queue() => GrainFactory.GetGrain<IQueueGrain>(QueueNames.AiResponse);

    private ImmutableArray<ReplyId> NewReplyIds(int count) => [.. Enumerable.Range(0, count).Select(_ => ReplyId.New(time))];
}
