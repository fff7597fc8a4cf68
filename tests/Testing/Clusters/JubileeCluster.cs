using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Personas;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using JubileeVerse.Silo;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace JubileeVerse.Testing.Clusters;

/// <summary>
/// Silos as they are in production, over a store of their own, with a clock that runs fast and models that a test scripts.
/// </summary>
public sealed class JubileeCluster : IAsyncDisposable
{
    private static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromSeconds(10);

    private readonly InProcessTestCluster _cluster;
    private readonly IDisposable _clock;
    private readonly List<GatewayRegistration> _gateways = [];
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _heartbeats;

    private JubileeCluster(InProcessTestCluster cluster, RunningClock clock)
    {
        _cluster = cluster;
        _clock = clock;
        Clock = clock;
        _heartbeats = BeatAsync();
    }

    public TimeProvider Clock { get; }

    public IGrainFactory Grains => _cluster.Client;

    public InProcessTestCluster Silos => _cluster;

    /// <summary>Starts the silos and waits until they are active.</summary>
    /// <param name="store">Migrated or empty; the silos migrate it.</param>
    /// <param name="configure">Registers what shall replace the real thing, such as a scripted model source.</param>
    /// <param name="silos">How many.</param>
    /// <param name="settings">Keys below <c>JubileeVerse</c>, such as <c>Limits:Enabled</c>.</param>
    /// <param name="configureClient">What a gateway's client would have.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<JubileeCluster> StartAsync(
        StoreFixture store,
        Action<IServiceCollection> configure,
        short silos = 1,
        Dictionary<string, string?>? settings = null,
        Action<IClientBuilder>? configureClient = null,
        CancellationToken cancellationToken = default)
    {
        var clock = new RunningClock();
        var configuration = new ConfigurationBuilder()
            .AddConfiguration(store.Configuration)
            .AddInMemoryCollection((settings ?? []).Select(setting => KeyValuePair.Create($"JubileeVerse:{setting.Key}", setting.Value)))
            .Build();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSiloHost((_, host) => host.Configuration.AddConfiguration(configuration));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(clock);
            silo.Services.AddSlices(configuration);
            configure(silo.Services);
            silo.AddGrains();
        });
        if (configureClient is not null)
            builder.ConfigureClient(configureClient);
        var cluster = builder.Build();
        await cluster.DeployAsync(cancellationToken);
        return new JubileeCluster(cluster, clock);
    }

    /// <summary>The gateway says that it lives, now and every few seconds, as a real one does.</summary>
    public async Task RegisterAsync(GatewaySubscription gateway, CancellationToken cancellationToken)
    {
        var registration = new GatewayRegistration(
            gateway.Gateway, "test:3000", "1.0", Clock.GetUtcNow(), IsDraining: false, Connections: 0, Users: 0, gateway.Observer);
        lock (_gateways)
            _gateways.Add(registration);
        await Grains.GetGrain<IGatewayDirectory>(0).RegisterAsync(registration, cancellationToken);
    }

    /// <summary>A guest with a conversation with the default persona.</summary>
    public async Task<TestConversation> StartConversationAsync(CancellationToken cancellationToken, OnBusy onBusy = OnBusy.Queue)
    {
        var user = await Grains.GetGrain<IAccountDirectory>(0).CreateGuestAsync(UserId.New(Clock), "Test", null, cancellationToken);
        var persona = await Grains.GetGrain<IPersonaCatalogGrain>(0).FindAsync("jubilee", cancellationToken)
            ?? throw new InvalidOperationException("The default persona is missing.");
        var id = ConversationId.New(Clock);
        var grain = Grains.GetGrain<IConversationGrain>(id.Value);
        await grain.CreateAsync(new CreateConversation(user.Id, [persona.Id], null, null, onBusy), cancellationToken);

        var gateway = new RecordingGateway();
        var subscription = new GatewaySubscription(GatewayId.New(Clock), 1, Grains.CreateObjectReference<IGatewayObserver>(gateway));
        await grain.AttachAsync(subscription);
        await RegisterAsync(subscription, cancellationToken);
        return new TestConversation(this, user.Id, id, persona.Id, gateway, subscription);
    }

    public IQueueGrain ReplyQueue => Grains.GetGrain<IQueueGrain>(QueueNames.AiResponse);

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _heartbeats;
        await _cluster.DisposeAsync();
        _clock.Dispose();
        _disposed.Dispose();
    }

    private async Task BeatAsync()
    {
        while (!_disposed.IsCancellationRequested)
        {
            await Task.Delay(HeartbeatPeriod, Clock, _disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            GatewayRegistration[] gateways;
            lock (_gateways)
                gateways = [.. _gateways];
            try
            {
                foreach (var gateway in gateways)
                    await Grains.GetGrain<IGatewayDirectory>(0).RegisterAsync(gateway, _disposed.Token);
            }
            catch (Exception)
            {
                // Its silo has been killed, or the cluster stops; the next beat comes.
            }
        }
    }
}
