using Orleans.Clustering.Redis;

namespace JubileeVerse.Grains.Tests.Clustering;

/// <summary>A membership table that has the row of one silo, has lost that row, has lost all data, or cannot be read.</summary>
internal sealed class FakeMembershipTable : IMembershipTable
{
    private static readonly TableVersion Version = new(1, "1");

    public enum Content
    {
        Row,
        NoRow,
        NoTable,
        Unreadable,
    }

    public Content Current { get; set; }

    public Task<MembershipTableData> ReadRow(SiloAddress key) => Current switch
    {
        Content.Row => Task.FromResult(new MembershipTableData(
            Tuple.Create(new MembershipEntry { SiloAddress = key, Status = SiloStatus.Active }, "1"), Version)),
        Content.NoRow => Task.FromResult(new MembershipTableData(Version)),
        Content.NoTable => Task.FromException<MembershipTableData>(new RedisClusteringException("The table version is missing.")),
        _ => Task.FromException<MembershipTableData>(new TimeoutException("Redis does not respond.")),
    };

    public Task InitializeMembershipTable(bool tryInitTableVersion) => throw new NotSupportedException();

    public Task DeleteMembershipTableEntries(string clusterId) => throw new NotSupportedException();

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => throw new NotSupportedException();

    public Task<MembershipTableData> ReadAll() => throw new NotSupportedException();

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => throw new NotSupportedException();

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => throw new NotSupportedException();

    public Task UpdateIAmAlive(MembershipEntry entry) => throw new NotSupportedException();
}
