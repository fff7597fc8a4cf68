using System.Reflection;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Replies;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>Conversation queries in which every user owns every conversation except the given foreign ones.</summary>
public class FakeConversationQueries : DispatchProxy
{
    private readonly HashSet<ConversationId> _foreign = [];
    private Func<Task<Reply?>> _findReply = () => throw new NotSupportedException("There is no reply in this test.");
    private Message? _replyMessage;

    public static IConversationQueriesGrain Create(params ConversationId[] foreign)
    {
        var queries = Create<IConversationQueriesGrain, FakeConversationQueries>();
        ((FakeConversationQueries)(object)queries)._foreign.UnionWith(foreign);
        return queries;
    }

    /// <summary>Queries for one reply.</summary>
    public static IConversationQueriesGrain Create(Func<Task<Reply?>> findReply, Message? replyMessage = null)
    {
        var queries = Create();
        var fake = (FakeConversationQueries)(object)queries;
        (fake._findReply, fake._replyMessage) = (findReply, replyMessage);
        return queries;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IConversationQueriesGrain.FindAsync) => Task.FromResult(Find((UserId)args![0]!, (ConversationId)args[1]!)),
        nameof(IConversationQueriesGrain.FindReplyAsync) => _findReply(),
        nameof(IConversationQueriesGrain.FindReplyMessageAsync) => Task.FromResult(_replyMessage),
        _ => throw new NotSupportedException(targetMethod.Name),
    };

    private Conversation? Find(UserId owner, ConversationId id) =>
        owner == default || _foreign.Contains(id) ? null : new Conversation(id, null, [], null, OnBusy.Queue, false, default, null);
}
