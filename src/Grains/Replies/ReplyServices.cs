using JubileeVerse.Operations;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Completion;
using JubileeVerse.Replies.Prompts;
using JubileeVerse.Replies.Providers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Replies;

public static class ReplyServices
{
    /// <summary>
    /// Adds the queue <c>ai-response</c>, its processor and its models. Requires <c>AddPersonas</c> and <c>AddQueues</c>. An
    /// <see cref="IChatModelSource"/> that is registered before or after this call replaces the configured models.
    /// </summary>
    public static IServiceCollection AddReplies(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddKnownOptions<AiOptions>(OptionSections.Ai);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AiOptions>, AiOptionsValidator>());

        services.AddSingleton<ReplyInstruments>();
        services.TryAddSingleton<IChatModelSource, ConfiguredChatModels>();
        services.AddSingleton<ReplyModel>();
        services.AddSingleton<ITokenCounter, O200kTokenCounter>();
        services.AddSingleton<PromptComposer>();
        services.AddSingleton<IReplySessionFactory, GrainReplySessionFactory>();
        services.AddQueue<ReplyGenerator>(QueueNames.AiResponse, queue => queue.Deadline = TimeSpan.FromMinutes(15));
        services.AddSingleton<IJobListener, ReplyJobListener>();
        return services;
    }
}
