using System.Collections.Immutable;
using System.Data.Common;
using JubileeVerse.Accounts;
using JubileeVerse.Errors;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using JubileeVerse.Replies;
using JubileeVerse.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace JubileeVerse.Conversations;

/// <summary>
/// One conversation, the single writer of its rows.
/// </summary>
/// <remarks>
/// <para>A command decides on memory, commits one unit, applies it to memory and then tells: nobody hears of what is not stored.
/// Commands do not interleave, so a unit's fence can only break when a second activation has written. Then the state is loaded again
/// and the command decides anew; should that fail as well, this activation goes.</para>
/// <para>What a worker appends interleaves and touches memory only (<see cref="ReplyProgress"/>): a post that waits for its commit
/// never freezes a running answer. What may race with it is the commit of that reply's end, which <c>Ending</c> shuts the door for.</para>
/// <para>Commits are never cancelled: a caller who hangs up must not leave memory and store apart.</para>
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
    /// <summary>So that conversations that go on are soon spread over the silos that there are now. A gateway that follows one keeps it here.</summary>
    private const int IdleMinutes = 5;

    /// <summary>How long an accepted post waits to learn its place; the queue sweeps the table anyway.</summary>
    private static readonly TimeSpan OfferPatience = TimeSpan.FromMilliseconds(200);

    /// <summary>The call that activates a conversation is often a gateway's attachment: that one need not be told to attach.</summary>
    private static readonly TimeSpan AnnounceAfter = TimeSpan.FromMilliseconds(50);

    private readonly Channel _channel = new(outboxes);
    private readonly RecentTurns _recent = new();
    private ConversationState? _state;
    private string _epoch = "";

    private ConversationId Id => new(this.GetPrimaryKey());

    private ChannelName ChannelName => ChannelName.Of(Id);

    /// <summary>As exact as it is stored, so that a person is told the same instant before and after a restart.</summary>
    private DateTimeOffset Now => UnixTime.At(time.NowMs());

    private QueueOptions ReplyQueue => queues.CurrentValue.AiResponse;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _epoch = await epochs.GetAsync(cancellationToken);
        await LoadAsync(cancellationToken);
        if (_state is not { Open.Count: > 0 })
            return;

        OfferAsync().Ignore();
        this.RegisterGrainTimer(_ => AnnounceAsync(), new GrainTimerCreationOptions(AnnounceAfter, Timeout.InfiniteTimeSpan) { Interleave = true });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_state is { Open.Count: > 0 })
            _channel.Leave(ChannelName);
        return Task.CompletedTask;
    }

    public async Task<Conversation> CreateAsync(CreateConversation command, CancellationToken cancellationToken)
    {
        if (_state is null)
        {
            ConversationRules.CheckTitle(command.Title);
            if (command.Personas.Length is 0 or > ConversationRules.MaxPersonas)
                throw JubileeException.Invalid("personas", $"Must name 1 to {ConversationRules.MaxPersonas} personas.");

            var conversation = new Conversation(
                Id, command.Title, command.Personas, command.Language, command.OnBusy, Archived: false, Now, LastMessageAt: null);
            var head = new ConversationHead(command.UserId, conversation, Version: 0, LastSeq: 0, ReadSeq: 0, LastMessage: null, DeletedAt: null);
            try
            {
                await store.CreateAsync(head, CancellationToken.None);
                _state = new ConversationState(new LoadedConversation(head, [], NextOrdinal: 1));
                _channel.Begin();
                TellOwner(owner => owner.ConversationChangedAsync(conversation, deleted: false, CancellationToken.None));
            }
            catch (DuplicateKeyException)
            {
                // An earlier try has stored it after all.
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

            // Before anything is cancelled for a post that may be stored already.
            if (state.Head.Conversation.OnBusy == OnBusy.Interrupt && state.Open.Count > 0
                && await FindTurnAsync(command.ClientMessageId, cancellationToken) is { } stored)
                return await ReplayAsync(stored, hash, cancellationToken);

            var personas = ConversationRules.Answerers(state.Head.Conversation, command.Personas);
            return await AdmitAsync(state, command.ClientMessageId, hash, personas.Length, cancellationToken, async (ids, admission) =>
            {
                var write = Turns(state).Post(command, hash, personas, ids, admission);
                return await CommitTurnAsync(state, write, command.ClientMessageId, hash, cancellationToken);
            });
        });
    }

    public Task<PostResult> RegenerateAsync(UserId userId, MessageId messageId, string clientKey, CancellationToken cancellationToken) =>
        ExecuteAsync(userId, async state =>
        {
            var answered = await store.FindAnsweredAsync(Id, messageId, cancellationToken) ?? throw JubileeException.NotFound("message");
            var hash = answered.Message.Id.ToString();
            if (_recent.TryGet(clientKey, out var known))
                return await ReplayAsync(known, hash, cancellationToken);

            return await AdmitAsync(state, clientKey, hash, answered.Answers.Length, cancellationToken, async (ids, admission) =>
            {
                var write = Turns(state).Regenerate(answered, clientKey, ids, admission);
                return await CommitTurnAsync(state, write, clientKey, hash, cancellationToken, answered.Message);
            });
        });

    public Task<Conversation> UpdateAsync(UserId userId, ConversationChange change, CancellationToken cancellationToken)
    {
        ConversationRules.CheckTitle(change.Title);
        return ExecuteAsync(userId, async state =>
        {
            await CommitAsync(state, Writer(state).Change(head => head with { Conversation = head.Conversation.With(change) }).TellChanged().Build());
            return state.Head.Conversation;
        });
    }

    public Task DeleteAsync(UserId userId, CancellationToken cancellationToken) =>
        ExecuteAsync(() => OwnStateOf(userId), async state =>
        {
            if (state.Head.DeletedAt is not null)
                return true;

            var write = Writer(state);
            var ended = CancelAll(state, write, ReplyCancelReasons.ConversationDeleted);
            write.Change(head => head with { DeletedAt = write.Now }).TellChanged(deleted: true);
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

    /// <summary>The state, if the caller may see it: what is gone, or another's, looks as if it had never been.</summary>
    private ConversationState StateOf(UserId userId) =>
        OwnStateOf(userId) is { Head.DeletedAt: null } state ? state : throw JubileeException.NotFound("conversation");

    /// <summary>Also one that its owner has deleted.</summary>
    private ConversationState OwnStateOf(UserId userId) =>
        _state is { } state && state.Head.Owner == userId ? state : throw JubileeException.NotFound("conversation");

    private Task<T> ExecuteAsync<T>(UserId userId, Func<ConversationState, Task<T>> command) => ExecuteAsync(() => StateOf(userId), command);

    private Task<T> ExecuteAsync<T>(Func<ConversationState> state, Func<ConversationState, Task<T>> command) =>
        ReachedAsync(() => DecideAsync(state, command));

    /// <summary>A store that cannot be reached is a passing thing, which callers wait out; it is no failure of theirs.</summary>
    private async Task<T> ReachedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is StoreUnavailableException || (exception is DbException fault && StoreFaults.IsLost(fault)))
        {
            // What the driver says may name servers, so it is for the log and not for clients.
            LogStoreOutOfReach(exception, Id);
            throw new JubileeException(ErrorCode.Unavailable, "The store is out of reach; try again.");
        }
    }

    /// <summary>Runs a command; once more on fresh state when another activation has written since.</summary>
    private async Task<T> DecideAsync<T>(Func<ConversationState> state, Func<ConversationState, Task<T>> command)
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
            throw new JubileeException(ErrorCode.Unavailable, "The conversation is being moved; try again.");
        }
    }

    private ConversationWriteBuilder Writer(ConversationState state) => new(state, _epoch, Now);

    private TurnWriter Turns(ConversationState state) => new(state, Writer(state), ReplyQueue, time);

    private async Task CommitAsync(ConversationState state, ConversationWrite write)
    {
        try
        {
            await store.CommitAsync(write, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not (StaleWriterException or DuplicateKeyException))
        {
            // Whether it was stored is not known for certain, so memory is not to be trusted.
            DeactivateOnIdle();
            throw;
        }

        var before = state.Head;
        state.Apply(write);
        foreach (var frame in write.Events)
            _channel.Publish(frame);
        TellOwner(before, state.Head);
        if (write.EndedReplies.Length > 0)
            Account(state).ReplyEndedAsync([.. write.EndedReplies.Select(reply => reply.Id)], CancellationToken.None).Ignore();
    }

    private IAccountGrain Account(ConversationState state) => GrainFactory.GetGrain<IAccountGrain>(state.Head.Owner.Value);

    private IQueueGrain Queue() => GrainFactory.GetGrain<IQueueGrain>(QueueNames.AiResponse);

    private ImmutableArray<ReplyId> NewReplyIds(int count) => [.. Enumerable.Range(0, count).Select(_ => ReplyId.New(time))];
}
