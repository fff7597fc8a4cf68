using System.Reflection;
using JubileeVerse.Accounts;
using JubileeVerse.Conversations;

namespace JubileeVerse.Gateway.Tests.Fakes;

/// <summary>Conversation queries in which every user owns every conversation except the given foreign ones.</summary>
public class FakeConversationQueries : DispatchProxy
{
    private readonly HashSet<ConversationId> _foreign = [];

    public static IConversationQueriesGrain Create(params ConversationId[] foreign)
    {
        var queries = Create<IConversationQueriesGrain, FakeConversationQueries>();
        ((FakeConversationQueries)(object)queries)._foreign.UnionWith(foreign);
        return queries;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IConversationQueriesGrain.FindAsync) => Task.FromResult(Find((UserId)args![0]!, (ConversationId)args[1]!)),
        _ => throw new NotSupportedException(targetMethod.Name),
    };

    private Conversation? Find(UserId owner, ConversationId id) =>
        owner == default || _foreign.Contains(id) ? null : new Conversation(id, null, [], null, OnBusy.Queue, false, default, null);
}
