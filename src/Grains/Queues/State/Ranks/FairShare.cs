using JubileeVerse.Queues.State.Jobs;

namespace JubileeVerse.Queues.State.Ranks;

/// <summary>
/// Sums the cost of the open jobs of each user. Only users with open jobs are kept, so an idle user has neither credit nor debt.
/// Jobs without a user share one sum.
/// </summary>
internal sealed class FairShare
{
    private readonly Dictionary<CompactId, UserShare> _users = [];

    public int Users => _users.Count;

    /// <summary>Adds the cost of a new job, 1 or more, to the user's sum.</summary>
    public UserShare Open(CompactId user, int cost)
    {
        if (!_users.TryGetValue(user, out var share)) _users[user] = share = new UserShare(user);
        share.OpenCost += cost;
        return share;
    }

    /// <summary>Subtracts the cost of an ended job; it must equal the cost given to <see cref="Open"/>.</summary>
    public void Close(UserShare share, int cost)
    {
        share.OpenCost -= cost;
        if (share.OpenCost == 0) _users.Remove(share.User);
    }
}
