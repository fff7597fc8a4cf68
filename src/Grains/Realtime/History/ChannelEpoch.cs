using Dapper;
using JubileeVerse.Storage.Batching;
using JubileeVerse.Storage.Dialects;

namespace JubileeVerse.Realtime.History;

/// <summary>
/// The epoch of all stored channels. It is created once per database, so that channel positions survive moves and restarts.
/// </summary>
internal sealed class ChannelEpoch(IDatabase database, IWriteBatcher batcher)
{
    private const string Insert = "insert into channel_epoch (id, epoch) values (1, @epoch) on conflict (id) do nothing";
    private const int EpochBytes = 6;

    private string? _value;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken) => _value ??= await LoadAsync(cancellationToken);

    private async Task<string> LoadAsync(CancellationToken cancellationToken)
    {
        var candidate = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(EpochBytes));
        await batcher.CommitAsync(new WriteUnit(new Statement(Insert, ("epoch", candidate))), cancellationToken);
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleAsync<string>("select epoch from channel_epoch where id = 1");
    }
}
