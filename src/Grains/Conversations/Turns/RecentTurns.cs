using System.Diagnostics.CodeAnalysis;
using JubileeVerse.Conversations.Store;

namespace JubileeVerse.Conversations.Turns;

/// <summary>
/// The last turns by their client's key, so that a repeated post needs no read from the store. An older turn is detected by the unique key
/// when it is inserted again.
/// </summary>
internal sealed class RecentTurns
{
    private const int Capacity = 32;

    private readonly Dictionary<string, StoredTurn> _byKey = [];
    private readonly Queue<string> _keys = new();

    public void Add(string clientKey, StoredTurn turn)
    {
        if (!_byKey.TryAdd(clientKey, turn))
            return;
        _keys.Enqueue(clientKey);
        if (_keys.Count > Capacity)
            _byKey.Remove(_keys.Dequeue());
    }

    public bool TryGet(string clientKey, [NotNullWhen(true)] out StoredTurn? turn) => _byKey.TryGetValue(clientKey, out turn);
}
