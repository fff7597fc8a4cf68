namespace JubileeVerse.Queues;

/// <summary>
/// Counts the open jobs of each user. Only users who have some are kept: one who was idle has neither credit nor debt.
/// Jobs without a user share one count.
/// </summary>
internal sealed class FairShare
{
    private readonly Dictionary<CompactId, UserShare> _users = [];

    public int Users => _users.Count;

    /// <summary>Counts one more job of the user.</summary>
    public UserShare Open(CompactId user)
    {
        if (!_users.TryGetValue(user, out var share)) _users[user] = share = new UserShare(user);
        share.OpenJobs++;
        return share;
    }

    public void Close(UserShare share)
    {
        if (--share.OpenJobs == 0) _users.Remove(share.User);
    }
}
