using JubileeVerse.Accounts;
using JubileeVerse.Conversations;
using JubileeVerse.Operations;
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
/// Silos configured as in production, over their own store, with a clock that runs fast and with scripted models.
/// </summary>
public sealed class JubileeCluster : IAsyncDisposable
{
    private static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromSeconds(10);

    /// <summary>Real time, for every wait of a test: when something hangs, the test fails and the next one runs.</summary>
    private static readonly TimeSpan OperationTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Real time. The silo that received a call may have died, and its caller is not notified of that.</summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);

    private readonly InProcessTestCluster _cluster;
    private readonly IConfigurationRoot _settings;
    private readonly IDisposable _running;
    private readonly List<GatewayRegistration> _gateways = [];
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _heartbeats;

    private JubileeCluster(InProcessTestCluster cluster, IConfigurationRoot settings, RunningClock clock, IDisposable running)
    {
        _cluster = cluster;
        _settings = settings;
        _running = running;
        Clock = clock;
        _heartbeats = SendHeartbeatsAsync();
    }

    public TimeProvider Clock { get; }

    public IGrainFactory Grains => _cluster.Client;

    public InProcessTestCluster Silos => _cluster;

    /// <summary>Starts the silos and waits until they are active.</summary>
    /// <param name="store">Migrated or empty; the silos migrate it.</param>
    /// <param name="configure">Registers replacements for production services, such as a scripted model source.</param>
    /// <param name="silos">The number of silos.</param>
    /// <param name="settings">Keys below <c>JubileeVerse</c>, such as <c>Limits:Enabled</c>.</param>
    /// <param name="configureClient">Configures the cluster's client, as a gateway configures its own.</param>
    public static async Task<JubileeCluster> StartAsync(
        StoreFixture store,
        Action<IServiceCollection> configure,
        short silos = 1,
        Dictionary<string, string?>? settings = null,
        Action<IClientBuilder>? configureClient = null,
        CancellationToken cancellationToken = default)
    {
        var clock = new RunningClock();
        var changeable = new ConfigurationBuilder()
            .AddInMemoryCollection((settings ?? []).Select(setting => KeyValuePair.Create(OptionSections.Path(setting.Key), setting.Value)))
            .Build();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSiloHost((_, host) =>
        {
            // Registered before the silo, as in production: services that start first stop last, and a silo that leaves still has batches
            // to send.
            host.Configuration.AddConfiguration(store.Configuration).AddConfiguration(changeable);
            host.Services.AddSingleton<TimeProvider>(clock);
            host.Services.AddSlices();
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

        return new JubileeCluster(cluster, changeable, clock, running);
    }

    /// <summary>
    /// One silo without limits, whose only model is the scripted one, and whose queues are empty whatever another test left there.
    /// </summary>
    internal static async Task<JubileeCluster> StartAsync(StoreFixture store, ScriptedChatClient model, CancellationToken cancellationToken)
    {
        await store.ClearQueuesAsync(cancellationToken);
        return await StartAsync(
            store,
            services => services.AddSingleton<IChatModelSource>(new ScriptedModels(model)),
            settings: new() { ["Limits:Enabled"] = "false" },
            cancellationToken: cancellationToken);
    }

    /// <summary>Changes a setting of the running silos, as an edited file does.</summary>
    /// <param name="key">Below <c>JubileeVerse</c>.</param>
    public void ChangeSetting(string key, string? value)
    {
        _settings[OptionSections.Path(key)] = value;
        _settings.Reload();
    }

    /// <summary>Registers the gateway now and every few seconds, as a real gateway does.</summary>
    public async Task RegisterAsync(GatewaySubscription gateway, CancellationToken cancellationToken)
    {
        var registration = new GatewayRegistration(
            gateway.Gateway, "test:3000", "1.0", Clock.GetUtcNow(), IsDraining: false, Connections: 0, Users: 0, gateway.Observer);
        lock (_gateways)
            _gateways.Add(registration);
        await Grains.GetGrain<IGatewayDirectoryGrain>(0).RegisterAsync(registration, cancellationToken);
    }

    /// <summary>Stops the heartbeats of the gateway, as if it had been killed.</summary>
    public void StopHeartbeats(GatewaySubscription gateway)
    {
        lock (_gateways)
            _gateways.RemoveAll(registered => registered.Id == gateway.Gateway);
    }

    /// <summary>Creates a guest who has a conversation with the default persona.</summary>
    public async Task<TestConversation> StartConversationAsync(CancellationToken cancellationToken, OnBusy onBusy = OnBusy.Queue)
    {
        var user = await Grains.GetGrain<IAccountDirectoryGrain>(0).CreateGuestAsync(UserId.New(Clock), "Test", null, cancellationToken);
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

    /// <summary>Checks the condition once a second, in the cluster's time, until it holds.</summary>
    /// <param name="condition">An exception of it ends the wait; it must handle calls that fail while a silo is being replaced.</param>
    /// <param name="expected">A description of the condition for the message of the timeout.</param>
    public async Task UntilAsync(Func<Task<bool>> condition, string expected, CancellationToken cancellationToken)
    {
        try
        {
            while (!await condition().WaitAsync(cancellationToken))
                await Task.Delay(TimeSpan.FromSeconds(1), Clock, cancellationToken).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Timed out waiting for: {expected}.", e);
        }
    }

    /// <summary>
    /// The silo of a grain's activation. It asks the silos, because the grain directory may be stale for a grain that has just moved.
    /// </summary>
    public async Task<SiloAddress> FindHostAsync(IAddressable grain, CancellationToken cancellationToken)
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

    /// <summary>Deactivates the grain; the next call activates it again.</summary>
    public Task DeactivateAsync(IAddressable grain) => _cluster.DeactivateAsync(grain).WaitAsync(OperationTimeout);

    /// <summary>Starts another silo; completes when the other silos know it.</summary>
    public async Task<SiloAddress> AddSiloAsync()
    {
        var silo = await _cluster.StartAdditionalSiloAsync().WaitAsync(OperationTimeout);
        await _cluster.WaitForLivenessToStabilizeAsync().WaitAsync(OperationTimeout);
        await _cluster.WaitForClusterManifestToStabilizeAsync().WaitAsync(OperationTimeout);
        return silo.SiloAddress;
    }

    /// <summary>Stops the silo gracefully: it finishes its work, and its grains move to other silos.</summary>
    public Task StopAsync(SiloAddress silo) => _cluster.StopSiloAsync(FindSilo(silo)).WaitAsync(OperationTimeout);

    /// <summary>Kills the silo without a graceful shutdown.</summary>
    public Task KillAsync(SiloAddress silo) => _cluster.KillSiloAsync(FindSilo(silo)).WaitAsync(OperationTimeout);

    public IQueueGrain ReplyQueue => Grains.GetGrain<IQueueGrain>(QueueNames.AiResponse);

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _heartbeats.WaitAsync(OperationTimeout);
        try
        {
            await _cluster.DisposeAsync().AsTask().WaitAsync(OperationTimeout);
        }
        finally
        {
            _running.Dispose();
            _disposed.Dispose();
        }
    }

    private InProcessSiloHandle FindSilo(SiloAddress address) => _cluster.Silos.Single(silo => silo.SiloAddress.Equals(address));

    private async Task SendHeartbeatsAsync()
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
                    await Grains.GetGrain<IGatewayDirectoryGrain>(0).RegisterAsync(gateway, _disposed.Token);
            }
            catch (Exception)
            {
                // The silo of the directory was killed, or the cluster stops; the next heartbeat repeats the call.
            }
        }
    }
}
