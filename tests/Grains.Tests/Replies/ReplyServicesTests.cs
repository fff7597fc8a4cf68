using JubileeVerse.Personas;
using JubileeVerse.Queues;
using JubileeVerse.Queues.Workers;
using JubileeVerse.Replies;
using JubileeVerse.Replies.Builtin;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Testing.Replies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace JubileeVerse.Grains.Tests.Replies;

public sealed class ReplyServicesTests
{
    [Fact]
    public void AddReplies_NothingConfigured_UsesTheBuiltinModel()
    {
        using var services = Services([]);

        var model = Assert.Single(services.GetRequiredService<IChatModelSource>().Models);
        Assert.Equal(BuiltinChatClient.ModelId, model.ModelId);
    }

    [Fact]
    public void AddReplies_ProvidersConfigured_AreUsedInTheirOrder()
    {
        using var services = Services(new()
        {
            ["JubileeVerse:Ai:Providers:0:Type"] = "openai",
            ["JubileeVerse:Ai:Providers:0:Endpoint"] = "http://127.0.0.1:9/v1",
            ["JubileeVerse:Ai:Providers:0:Model"] = "tiny",
            ["JubileeVerse:Ai:Providers:1:Type"] = "Builtin",
        });

        Assert.Equal(
            [("openai-0", "tiny"), ("builtin-1", "builtin")],
            services.GetRequiredService<IChatModelSource>().Models.Select(model => (model.Name, model.ModelId)));
    }

    [Fact]
    public void AddReplies_UnknownType_IsRejectedWithItsKey()
    {
        using var services = Services(new() { ["JubileeVerse:Ai:Providers:0:Type"] = "anthropic" });

        var e = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<AiOptions>>().Value);

        Assert.Contains("JubileeVerse:Ai:Providers:0:Type is 'anthropic'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddReplies_SourceRegisteredLater_ReplacesTheConfiguredModels()
    {
        using var services = Services(
            [], services => services.AddSingleton<IChatModelSource>(new ScriptedModels(new ScriptedChatClient("a"))));

        Assert.Equal("scripted-0", Assert.Single(services.GetRequiredService<IChatModelSource>().Models).Name);
    }

    [Fact]
    public void AddReplies_Processor_ServesItsQueue()
    {
        using var services = Services([], services => services
            .AddSingleton<IReplySessionFactory>(new FakeReplySession())
            .AddSingleton<IPersonaCatalog>(new FakePersonaCatalog()));

        var (queue, processor) = Assert.Single(services.GetServices<QueueProcessor>());
        Assert.Equal(QueueNames.AiResponse, queue);
        Assert.IsType<ReplyGenerator>(processor);
    }

    private static ServiceProvider Services(Dictionary<string, string?> settings, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddReplies();
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }
}
