using System.Data.Common;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations.Store;
using JubileeVerse.Conversations.Writing;
using JubileeVerse.Errors;
using JubileeVerse.Storage;
using Microsoft.Extensions.Logging;

namespace JubileeVerse.Conversations;

/// <summary>
/// A conversation in memory and in the store, which change together: a write is committed first and then applied to memory. Commits are
/// never cancelled, because a caller that disconnects must not leave memory and store inconsistent.
/// </summary>
/// <param name="id">The conversation.</param>
/// <param name="store">The store.</param>
/// <param name="deactivate">Ends the activation after its present call, because its memory cannot be relied on any longer.</param>
/// <param name="logger">The logger of the grain.</param>
internal sealed partial class StoredConversation(ConversationId id, IConversationStore store, Action deactivate, ILogger logger)
{
    /// <summary>Null when the conversation was never created.</summary>
    public ConversationState? State { get; private set; }

    public async Task LoadAsync(CancellationToken cancellationToken) =>
        State = await store.LoadAsync(id, cancellationToken) is { } loaded ? new ConversationState(loaded) : null;

    /// <summary>Returns false when an earlier attempt has stored the conversation, which is loaded then.</summary>
    public async Task<bool> TryCreateAsync(ConversationHead head)
    {
        try
        {
            await store.CreateAsync(head, CancellationToken.None);
        }
        catch (DuplicateKeyException)
        {
            await LoadAsync(CancellationToken.None);
            return false;
        }

        State = new ConversationState(new LoadedConversation(head, [], NextOrdinal: 1));
        return true;
    }

    public ConversationState RequireState() => State ?? throw JubileeException.NotFound("conversation");

    /// <summary>
    /// The state, if the user may see it. A deleted conversation or another user's conversation looks like one that never existed.
    /// </summary>
    public ConversationState StateOf(UserId userId) =>
        OwnedStateOf(userId) is { Head.DeletedAt: null } state ? state : throw JubileeException.NotFound("conversation");

    /// <summary>The state of the user's conversation, even if it is deleted.</summary>
    public ConversationState OwnedStateOf(UserId userId) =>
        State is { } state && state.Head.Owner == userId ? state : throw JubileeException.NotFound("conversation");

    /// <summary>
    /// Runs a command, and runs it once more on reloaded state when another activation has written since. Reports an unavailable store as
    /// <c>Unavailable</c>, because the fault is transient and callers may retry.
    /// </summary>
    public async Task<T> ExecuteAsync<T>(Func<Task<T>> command)
    {
        for (var isSecond = false; ; isSecond = true)
        {
            try
            {
                if (isSecond)
                    await LoadAsync(CancellationToken.None);
                return await command();
            }
            catch (StaleWriterException exception)
            {
                LogStale(exception, id);
                if (!isSecond)
                    continue;
                deactivate();
                throw new JubileeException(ErrorCode.Unavailable, "The conversation is moving to another server; try again.");
            }
            catch (Exception exception)
                when (exception is StoreUnavailableException || (exception is DbException fault && StoreErrorClassifier.IsTransient(fault)))
            {
                // The driver's message may name servers, so it is logged and not sent to clients.
                LogStoreUnavailable(exception, id);
                throw new JubileeException(ErrorCode.Unavailable, "The store is unavailable; try again.");
            }
        }
    }

    /// <summary>Commits a write and applies it to the state that it was built from.</summary>
    public async Task CommitAsync(ConversationState state, ConversationWrite write)
    {
        try
        {
            await store.CommitAsync(write, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not (StaleWriterException or DuplicateKeyException))
        {
            // Whether the unit was stored is unknown, so the activation cannot rely on its memory any longer.
            deactivate();
            throw;
        }

        state.Apply(write);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Conversation {Conversation} was written by another activation; its state will be loaded again.")]
    private partial void LogStale(Exception exception, ConversationId conversation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store is unavailable; a call of conversation {Conversation} failed.")]
    private partial void LogStoreUnavailable(Exception exception, ConversationId conversation);
}
