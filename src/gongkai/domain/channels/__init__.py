"""公开渠道: how an item reaches those who never open the portal.

Articles 23 and 25 of the Regulations (2019). Nouns: :class:`~.models.Release` (an item in an outlet, planned or
done, with its evidence), :class:`~.models.Gazette` with its :class:`~.models.GazetteEntry`, and
:class:`~.models.Screen`. Verbs: plan, write, release, release_many, give_up, take_down; compose, arrange and
issue a gazette; put_up, change and switch_off a screen.

An item counts once in the total and once in each row of outlets. Publication itself is the release on the website:
there is no row for it, only one for the exception (``release_many(…, alone=True)``), so that a million items cost
nothing. What an item is taken back for, is taken down everywhere: withdrawal turns each release into a task.

Whatever is shown here to the public comes from ``Item.objects.public()`` at that moment, never from a copy.
"""
