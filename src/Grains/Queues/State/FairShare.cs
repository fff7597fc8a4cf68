namespace JubileeVerse.Queues.State;

/// <summary>
/// Counts what the open jobs of each user cost. Only users who have some are kept: one who was idle has neither credit nor debt.
/// Jobs without a user share one count.
/// </summary>
internal sealed class FairShare
{
    private readonly Dictionary<CompactId, UserShare> _users = [];

    public int Users => _users.Count;

    /// <summary>Counts one more job of the user, by its cost: 1 or more.</summary>
    public UserShare Open(CompactId user, int cost)
    {
        if (!_users.TryGetValue(user, out var share)) _users[user] = share = new UserShare(user);
        share.OpenCost += cost;
        return share;
    }

    /// <summary>With the cost that it was opened with.</summary>
    public void Close(UserShare share, int cost)
    {
        share.OpenCost -= cost;
        if (share.OpenCost == 0) _users.Remove(share.User);
    }
}
