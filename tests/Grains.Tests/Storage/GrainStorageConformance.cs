using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace JubileeVerse.Grains.Tests.Storage;

/// <summary>The tests of Orleans' ADO.NET grain storage with this project's queries, which every database must pass.</summary>
public abstract class GrainStorageConformance<TCluster> : IClassFixture<TCluster>
    where TCluster : GrainStorageCluster
{
    private readonly TCluster _cluster;

    protected GrainStorageConformance(TCluster cluster)
    {
        _cluster = cluster;
        cluster.Store.SkipWhenMissing();
    }

    private IGrainStorage Storage => _cluster.SiloServices.GetRequiredKeyedService<IGrainStorage>(GrainStorageCluster.Name);

    [Fact]
    public async Task ReadStateAsync_NothingStored_DoesNotExist()
    {
        var state = new GrainState<Counted>(new Counted(0));

        await Storage.ReadStateAsync("nothing", NewGrain(), state);

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
    }

    [Fact]
    public async Task WriteStateAsync_TwiceAndReadAgain_KeepsTheLast()
    {
        var grain = NewGrain();
        var writer = new GrainState<Counted>(new Counted(1));
        await Storage.WriteStateAsync("twice", grain, writer);
        writer.State = new Counted(2);
        await Storage.WriteStateAsync("twice", grain, writer);

        var reader = await ReadAsync("twice", grain);

        Assert.Equal((2, "2", true), (reader.State!.Number, reader.ETag, reader.RecordExists));
    }

    [Fact]
    public async Task WriteStateAsync_OldETag_IsInconsistent()
    {
        var grain = NewGrain();
        var first = new GrainState<Counted>(new Counted(1));
        await Storage.WriteStateAsync("old", grain, first);
        var second = await ReadAsync("old", grain);
        await Storage.WriteStateAsync("old", grain, second);

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("old", grain, first));
    }

    [Fact]
    public async Task WriteStateAsync_EightFirstWritesAtOnce_OneSucceeds()
    {
        var grain = NewGrain();
        var writes = Enumerable.Range(0, 8)
            .Select(i => Storage.WriteStateAsync("first", grain, new GrainState<Counted>(new Counted(i))))
            .ToArray();

        await Task.WhenAll(writes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        _ = Assert.Single(writes, write => write.IsCompletedSuccessfully);
        Assert.All(
            writes.Where(write => write.IsFaulted),
            write => Assert.IsType<InconsistentStateException>(write.Exception!.InnerException));
    }

    [Fact]
    public async Task ClearStateAsync_ThenWrite_ContinuesFromTheETag()
    {
        var grain = NewGrain();
        var state = new GrainState<Counted>(new Counted(1));
        await Storage.WriteStateAsync("cleared", grain, state);

        await Storage.ClearStateAsync("cleared", grain, state);
        var cleared = await ReadAsync("cleared", grain);
        cleared.State = new Counted(3);
        await Storage.WriteStateAsync("cleared", grain, cleared);

        Assert.Equal(3, (await ReadAsync("cleared", grain)).State!.Number);
    }

    [Fact]
    public async Task WriteStateAsync_Payload_IsPlainJson()
    {
        await Storage.WriteStateAsync("plain", NewGrain(), new GrainState<Counted>(new Counted(7)));

        await using var connection = await _cluster.Store.Database.OpenAsync(TestContext.Current.CancellationToken);
        var payload = await connection.QuerySingleAsync<byte[]>("select payload from grain_state where state_name = 'plain'");
        Assert.Equal("""{"Number":7}"""u8, payload);
    }

    private static GrainId NewGrain() => GrainId.Create(
        GrainType.Create("tested"), GrainIdKeyExtensions.CreateGuidKey(Guid.CreateVersion7(TimeProvider.System.GetUtcNow())));

    private async Task<GrainState<Counted>> ReadAsync(string name, GrainId grain)
    {
        var state = new GrainState<Counted>(new Counted(0));
        await Storage.ReadStateAsync(name, grain, state);
        return state;
    }

    public sealed record Counted(int Number);
}
