/** Short forms of English given names: the first of each line stands for all of it. */
const families = `
thomas tom tommy thos
william will bill billy willie wm liam
robert rob bob bobby robbie bert robt
john jack johnny jon jno
james jim jimmy jamie jas
richard dick rick richie rich
charles charlie chas chuck charley
edward ed eddie ted ned teddy edwd
henry harry hal hank
george georgie geo
joseph joe jos joey
samuel sam sammy saml
benjamin ben benny benj
daniel dan danny danl
david dave davy davey
michael mike mick mickey
matthew matt mat
andrew andy drew
anthony tony ant
christopher chris kit
nicholas nick nicky nic
alexander alex sandy alec
frederick fred freddie freddy fredk
francis frank frankie
albert al bertie
alfred alf alfie
arthur art artie
walter walt wally
stephen steve steven
peter pete
patrick pat paddy
lawrence larry laurie
gerald gerry jerry
philip phil pip
timothy tim
theodore theo
leonard len lenny leo
joshua josh
jonathan jonny nathan
gregory greg
kenneth ken kenny
ronald ron ronnie
donald don donny
raymond ray
elizabeth liz lizzie beth bess betty eliza betsy elsie libby
margaret maggie meg peggy madge greta marge
mary molly polly mollie
catherine kate katie kitty cathy katherine kathy katharine
ann anne annie nancy anna nan
jane janie jenny jennie
sarah sally sadie
dorothy dot dolly dora
susan sue susie susannah
martha patty mattie
ellen nell nellie nelly helen eleanor
frances fanny fran
harriet hattie
charlotte lottie
caroline carrie
emily emma em
isabella bella isabel isobel
jessica jess jessie
rebecca becky becca
victoria vicky vic
alice allie
amelia millie amy
florence flo florrie
matilda tilly
josephine josie
georgina georgie
jacqueline jackie
abigail abby
deborah debbie
jennifer jen
samantha sam
`

const roots = new Map<string, string>()
for (const line of families.trim().split('\n')) {
  const [root = '', ...short] = line.split(' ')
  for (const name of [root, ...short]) if (!roots.has(name)) roots.set(name, root)
}

/** The name a short form stands for, or the name itself. @example nicknameRoot('tom') // 'thomas' */
export const nicknameRoot = (given: string): string => roots.get(given) ?? given
