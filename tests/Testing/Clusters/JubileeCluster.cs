using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Personas;
using JubileeVerse.Queues;
using JubileeVerse.Realtime;
using JubileeVerse.Replies.Providers;
using JubileeVerse.Silo;
using JubileeVerse.Testing.Replies;
using JubileeVerse.Testing.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace JubileeVerse.Testing.Clusters;

/// <summary>
/// Silos as they are in production, over a store of their own, with a clock that runs fast and models that a test scripts.
/// </summary>
public sealed class JubileeCluster : IAsyncDisposable
{
    private static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromSeconds(10);

    /// <summary>Of real time, for whatever a test waits for: where something hangs, it fails, and the next one runs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Of real time. The silo that a call went to may be gone, which its caller is not told.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    private readonly InProcessTestCluster _cluster;
    private readonly IDisposable _running;
    private readonly List<GatewayRegistration> _gateways = [];
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _heartbeats;

    private JubileeCluster(InProcessTestCluster cluster, RunningClock clock, IDisposable running)
    {
        _cluster = cluster;
        _running = running;
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
        builder.ConfigureSiloHost((_, host) =>
        {
            // Before the silo, as in production: what is started first is stopped last, and a silo that leaves still has things to send.
            host.Configuration.AddConfiguration(configuration);
            host.Services.AddSingleton<TimeProvider>(clock);
            host.Services.AddSlices(configuration);
        });
        builder.ConfigureSilo((_, silo) =>
        {
            configure(silo.Services);
            silo.AddGrains();
        });
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ResponseTimeout));
        if (configureClient is not null)
            builder.ConfigureClient(configureClient);
        var cluster = builder.Build();
        var running = clock.Run();
        try
        {
            await cluster.DeployAsync(cancellationToken).WaitAsync(cancellationToken);
        }
        catch
        {
            running.Dispose();
            throw;
        }

        return new JubileeCluster(cluster, clock, running);
    }

    /// <summary>One silo without limits, whose only model is the scripted one, and which finds no jobs that another test has left.</summary>
    internal static async Task<JubileeCluster> StartAsync(StoreFixture store, ScriptedChatClient model, CancellationToken cancellationToken)
    {
        await store.ForgetQueuesAsync(cancellationToken);
        return await StartAsync(
            store,
            services => services.AddSingleton<IChatModelSource>(new ScriptedModels(model)),
            settings: new() { ["Limits:Enabled"] = "false" },
            cancellationToken: cancellationToken);
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

    /// <summary>The gateway is not heard of any more, as one that was killed.</summary>
    public void Silence(GatewaySubscription gateway)
    {
        lock (_gateways)
            _gateways.RemoveAll(registered => registered.Id == gateway.Gateway);
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

    /// <summary>Asks once a second, of the cluster's time, until it is so.</summary>
    /// <param name="condition">A call in it may fail while a silo is being replaced only if it says so.</param>
    /// <param name="expected">What is waited for, as the failure will name it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task UntilAsync(Func<Task<bool>> condition, string expected, CancellationToken cancellationToken)
    {
        try
        {
            while (!await condition().WaitAsync(cancellationToken))
                await Task.Delay(TimeSpan.FromSeconds(1), Clock, cancellationToken).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"It never came: {expected}.", e);
        }
    }

    /// <summary>The silo of a grain's activation. The silos are asked: what the directory says of a grain that has just moved may be old.</summary>
    public async Task<SiloAddress> HostOfAsync(IAddressable grain, CancellationToken cancellationToken)
    {
        SiloAddress[] hosts = [];
        await UntilAsync(
            async () =>
            {
                var activations = await Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
                hosts = [.. activations.Where(one => one.GrainId == grain.GetGrainId()).Select(one => one.SiloAddress)];
                return hosts.Length == 1;
            },
            $"one activation of {grain.GetGrainId()}",
            cancellationToken);
        return hosts[0];
    }

    /// <summary>The grain's activation goes; the next call makes another.</summary>
    public Task DeactivateAsync(IAddressable grain) => _cluster.DeactivateAsync(grain).WaitAsync(Patience);

    /// <summary>Another silo, which the others know of when this completes.</summary>
    public async Task<SiloAddress> JoinAsync()
    {
        var joined = await _cluster.StartAdditionalSiloAsync().WaitAsync(Patience);
        await _cluster.WaitForLivenessToStabilizeAsync().WaitAsync(Patience);
        await _cluster.WaitForClusterManifestToStabilizeAsync().WaitAsync(Patience);
        return joined.SiloAddress;
    }

    /// <summary>The silo goes as it does when it is told to: it ends its work, and its grains go elsewhere.</summary>
    public Task StopAsync(SiloAddress silo) => _cluster.StopSiloAsync(At(silo)).WaitAsync(Patience);

    /// <summary>The silo goes at once.</summary>
    public Task KillAsync(SiloAddress silo) => _cluster.KillSiloAsync(At(silo)).WaitAsync(Patience);

    public IQueueGrain ReplyQueue => Grains.GetGrain<IQueueGrain>(QueueNames.AiResponse);

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _heartbeats.WaitAsync(Patience);
        try
        {
            await _cluster.DisposeAsync().AsTask().WaitAsync(Patience);
        }
        finally
        {
            _running.Dispose();
            _disposed.Dispose();
        }
    }

    private InProcessSiloHandle At(SiloAddress address) => _cluster.Silos.Single(silo => silo.SiloAddress.Equals(address));

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
