using System.Reflection;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>Everybody owns every conversation, but for those that are taken away.</summary>
public class FakeConversations : DispatchProxy
{
    private readonly HashSet<ConversationId> _foreign = [];

    public static IConversationQueries Create(params ConversationId[] foreign)
    {
        var queries = Create<IConversationQueries, FakeConversations>();
        ((FakeConversations)(object)queries)._foreign.UnionWith(foreign);
        return queries;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IConversationQueries.FindAsync) => Task.FromResult(Find((UserId)args![0]!, (ConversationId)args[1]!)),
        _ => throw new NotSupportedException(targetMethod.Name),
    };

    private Conversation? Find(UserId owner, ConversationId id) =>
        owner == default || _foreign.Contains(id) ? null : new Conversation(id, null, [], null, OnBusy.Queue, false, default, null);
}
