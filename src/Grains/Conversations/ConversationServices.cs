using JubileeVerse.Conversations.Store;
using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Conversations;

/// <summary>Registers the conversation services.</summary>
public static class ConversationServices
{
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.AddSingleton<IConversationStore, SqlConversationStore>();
        services.AddSingleton<IConversationReader, SqlConversationReader>();
        services.AddHostedService<DeletedConversationSweeper>();
        return services;
    }
}
