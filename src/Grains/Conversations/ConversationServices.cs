using Microsoft.Extensions.DependencyInjection;

namespace JubileeVerse.Conversations;

/// <summary>Registers the slice.</summary>
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
